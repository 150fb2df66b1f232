using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>What follows once the results of a comparison are open: the first evaluation. Returns why it could not be made; empty when it was.</summary>
public delegate Task<IReadOnlyList<Refusal>> AfterOpening(string code, CancellationToken cancel);
