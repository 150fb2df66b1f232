using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Plumbline.Modules.Tests;

/// <summary>Runs a theory once for each database the platform supports, each on a database of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
        [
            new TheoryDataRow<string>("sqlite"),
            new TheoryDataRow<string>("postgres") { Skip = TestDatabase.PostgresServer is null ? "no PostgreSQL: PLUMBLINE_TEST_POSTGRES is not set (./test sets it)" : null },
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
