using Plumbline.Registry;

namespace Plumbline.Procedures;

/// <summary>One permitted move of a case: from which state, by what action, to which state, and who may do it.</summary>
/// <param name="Action">Stable name of the action, such as <c>approve</c>.</param>
/// <param name="Party">The side that acts, such as <c>Organiser</c>; the module says which organisation that is.</param>
/// <param name="Roles">The roles within that organisation; empty when only the system itself acts.</param>
public sealed record Transition<TState>(TState From, string Action, TState To, string Party, params IReadOnlyList<Role> Roles)
    where TState : struct, Enum;

/// <summary>The states of a case as data: what may follow what. Adding a state is adding rows.</summary>
public sealed class Workflow<TState>(params IReadOnlyList<Transition<TState>> transitions)
    where TState : struct, Enum
{
    public IReadOnlyList<Transition<TState>> Transitions => transitions;

    /// <summary>The move that <paramref name="action"/> makes from <paramref name="state"/>; null when it is not permitted there.</summary>
    public Transition<TState>? Find(TState state, string action) =>
        transitions.FirstOrDefault(t => EqualityComparer<TState>.Default.Equals(t.From, state) && t.Action == action);

    /// <summary>What can be done in <paramref name="state"/>.</summary>
    public IEnumerable<Transition<TState>> From(TState state) => transitions.Where(t => EqualityComparer<TState>.Default.Equals(t.From, state));
}
