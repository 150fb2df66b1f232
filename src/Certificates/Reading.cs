namespace Plumbline.Certificates;

/// <summary>What came of reading something that others wrote: the thing itself, or every reason why it cannot be read.</summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="Value">The thing; null where it cannot be read.</param>
/// <param name="Findings">The reasons; may hold warnings beside a value.</param>
public sealed record Reading<T>(T? Value, IReadOnlyList<Finding> Findings)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    public bool IsReadable => Value is not null;

    /// <summary>A thing that was read without remark.</summary>
    internal Reading(T value)
        : this(value, [])
    {
    }

    /// <summary>A refusal for one reason.</summary>
    internal Reading(Finding finding)
        : this(null, [finding])
    {
    }
}
