namespace Plumbline.Numerics;

/// <summary>A step of a computation with uncertain quantities: a number or an array, with the partial derivatives to what it was computed from.</summary>
public abstract class UncertainNode
{
    private protected UncertainNode(int depth) => Depth = depth;

    /// <summary>One more than the deepest step it was computed from; 0 for an input.</summary>
    internal int Depth { get; }

    /// <summary>Where a sweep last put this step. A hint: another sweep may overwrite it at any time, so it is believed only when the step is found there.</summary>
    internal int Slot { get; set; }

    /// <summary>The inputs that this step is; none for a computed one.</summary>
    internal virtual ReadOnlySpan<Elementary> Leaves => [];

    /// <summary>Names what it was computed from to the sweep.</summary>
    internal abstract void Visit(Sweep sweep);

    /// <summary>Hands its own weight on to what it was computed from.</summary>
    internal abstract void Push(Sweep sweep, int slot);
}

/// <summary>One walk backwards from a result to its inputs, all derivatives at once.</summary>
internal sealed class Sweep
{
    // Inputs stand apart: they lead nowhere, so that neither visit nor order is needed of them, and a chain of sums is in order as it is met.
    private UncertainNode[] nodes = new UncertainNode[32];
    private UncertainNode[] open = new UncertainNode[32];
    private UncertainNumber[] leaves = new UncertainNumber[16];
    private double[] weights = [];
    private double[] leafWeights = [];
    private double[]?[]? arrayWeights;
    private int count;
    private int leafCount;
    private int openCount;
    private Dictionary<UncertainNode, int>? index;
    private readonly UncertainNode[] stops;

    private Sweep(UncertainNode[] stops, UncertainNode from)
    {
        this.stops = stops;
        StopWeights = new double[stops.Length];
        Collect(from);
        if (!IsUndisturbed())
        {
            // Another thread walks the same steps and overwrote hints: a step may have been met twice.
            count = leafCount = 0;
            index = new(ReferenceEqualityComparer.Instance);
            Collect(from);
        }
        Sort();
    }

    internal Sweep(UncertainNode from, UncertainNode[]? stops = null) : this(stops ?? [], from)
    {
        weights = new double[count];
        leafWeights = new double[leafCount];
        if (IsLeaf(from))
            leafWeights[0] = 1;
        else
            weights[SlotOf(from)] = 1;
        for (var i = 0; i < count; i++)
            if (IsStop(nodes[i]))
                StopWeights[Array.IndexOf(this.stops, nodes[i])] += weights[i];
            else
                nodes[i].Push(this, i);
        for (var i = 0; i < leafCount; i++)
            if (IsStop(leaves[i]))
                StopWeights[Array.IndexOf(this.stops, leaves[i])] += leafWeights[i];
            else if (leaves[i].Elementary is { } elementary)
                Leaf(elementary, leafWeights[i]);
    }

    private static bool IsLeaf(UncertainNode node) => node.Depth == 0 && node is UncertainNumber;

    /// <summary>Every step on the way to a result, the deepest first.</summary>
    internal static UncertainNode[] Order(UncertainNode from)
    {
        var sweep = new Sweep([], from);
        return [.. sweep.nodes[..sweep.count], .. sweep.leaves[..sweep.leafCount]];
    }

    internal List<Elementary> Elementaries { get; } = new(16);

    internal List<double> Coefficients { get; } = new(16);

    /// <summary>∂result/∂step for each step at which the walk was told to stop.</summary>
    internal double[] StopWeights { get; }

    internal void Reach(UncertainNode? node)
    {
        if (node is null)
            return;
        if (node.Depth == 0 && node is UncertainNumber leaf)
        {
            ReachLeaf(leaf);
            return;
        }
        if (IsKnown(node))
            return;
        if (count == nodes.Length)
            Array.Resize(ref nodes, 2 * count);
        if (openCount == open.Length)
            Array.Resize(ref open, 2 * openCount);
        node.Slot = count;
        nodes[count++] = node;
        open[openCount++] = node;
    }

    private void ReachLeaf(UncertainNumber leaf)
    {
        var slot = leaf.Slot;
        if (index is null ? slot < leafCount && ReferenceEquals(leaves[slot], leaf) : !index.TryAdd(leaf, leafCount))
            return;
        if (leafCount == leaves.Length)
            Array.Resize(ref leaves, 2 * leafCount);
        leaf.Slot = leafCount;
        leaves[leafCount++] = leaf;
    }

    private bool IsKnown(UncertainNode node)
    {
        if (index is not null)
            return !index.TryAdd(node, count);
        var slot = node.Slot;
        return slot < count && ReferenceEquals(nodes[slot], node);
    }

    internal double WeightOf(int slot) => weights[slot];

    internal double[]? ArrayWeightOf(int slot) => arrayWeights?[slot];

    internal void Add(UncertainNumber? node, double weight)
    {
        if (node is null || weight == 0)
            return;
        if (node.Depth > 0)
            weights[SlotOf(node)] += weight;
        else
            leafWeights[LeafSlotOf(node)] += weight;
    }

    /// <summary>The weights of an array's elements, to be added to.</summary>
    internal double[] For(UncertainArray node) => (arrayWeights ??= new double[count][])[SlotOf(node)] ??= new double[node.Count];

    internal void Leaf(Elementary elementary, double coefficient)
    {
        Elementaries.Add(elementary);
        Coefficients.Add(coefficient);
    }

    private bool IsStop(UncertainNode node) => stops.Length > 0 && Array.IndexOf(stops, node) >= 0;

    private void Collect(UncertainNode from)
    {
        Reach(from);
        while (openCount > 0)
        {
            var node = open[--openCount];
            if (!IsStop(node))
                node.Visit(this);
        }
    }

    /// <summary>Every step still points to its place, so none stands at two.</summary>
    private bool IsUndisturbed()
    {
        for (var i = 0; i < count; i++)
            if (nodes[i].Slot != i)
                return false;
        for (var i = 0; i < leafCount; i++)
            if (leaves[i].Slot != i)
                return false;
        return true;
    }

    private int SlotOf(UncertainNode node)
    {
        if (index is null && node.Slot is var slot && slot < count && ReferenceEquals(nodes[slot], node))
            return slot;
        return Indexed(node);
    }

    private int LeafSlotOf(UncertainNumber leaf)
    {
        if (index is null && leaf.Slot is var slot && slot < leafCount && ReferenceEquals(leaves[slot], leaf))
            return slot;
        return Indexed(leaf);
    }

    private int Indexed(UncertainNode node)
    {
        if (index is null)
        {
            index = new(count + leafCount, ReferenceEqualityComparer.Instance);
            Index();
        }
        return index[node];
    }

    private void Index()
    {
        for (var i = 0; index is not null && i < count; i++)
            index[nodes[i]] = i;
        for (var i = 0; index is not null && i < leafCount; i++)
            index[leaves[i]] = i;
    }

    /// <summary>Deepest first, so that a step has its whole weight before it hands it on.</summary>
    private void Sort()
    {
        var sorted = true;
        for (var i = 1; sorted && i < count; i++)
            sorted = nodes[i - 1].Depth >= nodes[i].Depth;
        if (sorted)
            return;
        if (count <= 48)
            for (var i = 1; i < count; i++)
            {
                var node = nodes[i];
                var j = i;
                for (; j > 0 && nodes[j - 1].Depth < node.Depth; j--)
                    nodes[j] = nodes[j - 1];
                nodes[j] = node;
            }
        else
        {
            // By counting: depths are small whole numbers.
            var starts = new int[nodes[..count].Max(n => n.Depth) + 2];
            for (var i = 0; i < count; i++)
                starts[starts.Length - 1 - nodes[i].Depth]++;
            for (var i = 1; i < starts.Length; i++)
                starts[i] += starts[i - 1];
            var ordered = new UncertainNode[count];
            for (var i = 0; i < count; i++)
                ordered[starts[starts.Length - 2 - nodes[i].Depth]++] = nodes[i];
            nodes = ordered;
        }
        for (var i = 0; i < count; i++)
            nodes[i].Slot = i;
        Index();
    }
}
