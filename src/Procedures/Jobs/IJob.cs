namespace Plumbline.Procedures;

/// <summary>Something that is done again and again: opens results at the deadline, sends mail, marks delays. It must be safe to do twice.</summary>
public interface IJob
{
    /// <summary>Stable name, such as <c>comparisons.open-results</c>.</summary>
    string Kind { get; }
    /// <summary>How often; counted from the end of a run.</summary>
    TimeSpan Every { get; }
    /// <summary>One run, as <see cref="Registry.Actor.System"/>, with services of its own. Throwing is noted and tried again at the next turn.</summary>
    Task RunAsync(IServiceProvider services, CancellationToken cancel);
}
