using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Registry;

/// <summary>One change of one record, chained to the one before it: a changed, missing or inserted entry breaks every later hash.</summary>
public sealed class AuditEntry
{
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? PersonId { get; init; }
    public required string PersonName { get; init; }
    public string? Address { get; init; }
    public string? Action { get; init; }
    /// <summary>The table.</summary>
    public required string Subject { get; init; }
    public required string SubjectId { get; init; }
    /// <summary>insert, update or delete.</summary>
    public required string Operation { get; init; }
    /// <summary>JSON object: column → [old, new].</summary>
    public required string Changes { get; init; }
    public required string PreviousHash { get; init; }
    public required string Hash { get; init; }

    public static readonly string FirstHash = new('0', 64);

    /// <summary>SHA-256 over every field, each preceded by its length, in lower-case hexadecimal.</summary>
    public string ComputeHash() => HashOf(PreviousHash, Sequence, At, PersonId, PersonName, Address, Action, Subject, SubjectId, Operation, Changes);

    internal static string HashOf(string previous, long sequence, DateTimeOffset at, Guid? personId, string personName, string? address, string? action,
        string subject, string subjectId, string operation, string changes)
    {
        var text = new StringBuilder();
        string?[] fields =
        [
            previous, sequence.ToString(CultureInfo.InvariantCulture), at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            personId?.ToString(), personName, address, action, subject, subjectId, operation, changes,
        ];
        foreach (var field in fields)
            text.Append(field?.Length ?? -1).Append(':').Append(field).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
