namespace Plumbline.Numerics;

/// <summary>A compiled model run on a block of trials at once: each step a loop over lanes, registers used again as soon as no later step needs them. One for each thread.</summary>
internal sealed class BlockProgram
{
    private readonly record struct Step(Operation Operation, int Left, int Right, int Target);

    private readonly Step[] steps;
    private readonly double[][] registers;
    private readonly double[] constants;
    private readonly bool[] isConstant;
    private readonly int inputCount;

    internal BlockProgram(ModelProgram program)
    {
        inputCount = program.InputCount;
        var count = program.Count;
        constants = new double[count];
        isConstant = new bool[count];
        var last = new int[count];
        for (var i = 0; i < count; i++)
        {
            var o = program.Operations[i];
            if (o.IsUnary || o.IsBinary)
                last[o.Left] = i;
            if (o.IsBinary)
                last[o.Right] = i;
        }
        foreach (var output in program.Outputs)
            last[output] = int.MaxValue;
        var place = new int[count];
        var free = new Stack<int>();
        var made = new List<Step>();
        var size = inputCount;
        for (var i = 0; i < count; i++)
        {
            var o = program.Operations[i];
            if (o.Kind == OperationKind.Constant)
                (constants[i], isConstant[i], place[i]) = (o.Constant, true, -1 - i);
            else if (o.Kind == OperationKind.Input)
                place[i] = o.Left;
            else
            {
                Release(o.Left, i);
                if (o.IsBinary && o.Right != o.Left)
                    Release(o.Right, i);
                place[i] = free.Count > 0 ? free.Pop() : size++;
                made.Add(new(o, place[o.Left], o.IsBinary ? place[o.Right] : o.Right, place[i]));
            }
        }
        steps = [.. made];
        registers = new double[size][];
        for (var i = inputCount; i < size; i++)
            registers[i] = new double[InputDrawer.Lanes];
        Outputs = [.. program.Outputs];
        outputPlaces = Array.ConvertAll(Outputs, o => place[o]);
        results = Array.ConvertAll(outputPlaces, p => p < 0 ? Enumerable.Repeat(constants[-1 - p], InputDrawer.Lanes).ToArray() : []);

        void Release(int operand, int at)
        {
            // Inputs stay: they are the drawer's.
            if (last[operand] == at && place[operand] >= inputCount)
                free.Push(place[operand]);
        }
    }

    private readonly int[] outputPlaces;
    private readonly double[][] results;

    private int[] Outputs { get; }

    /// <summary>The outputs of every lane; valid until the next run.</summary>
    internal double[][] Run(double[][] inputs)
    {
        for (var i = 0; i < inputCount; i++)
            registers[i] = inputs[i];
        foreach (ref readonly var step in steps.AsSpan())
        {
            var target = registers[step.Target];
            if (step.Operation.IsUnary)
                BlockOperations.Unary(step.Operation, registers[step.Left], target);
            else if (step.Left < 0)
                BlockOperations.Binary(step.Operation.Kind, new BlockOperations.Number(constants[-1 - step.Left]), new BlockOperations.Lanes(registers[step.Right]), target);
            else if (step.Right < 0)
                BlockOperations.Binary(step.Operation.Kind, new BlockOperations.Lanes(registers[step.Left]), new BlockOperations.Number(constants[-1 - step.Right]), target);
            else
                BlockOperations.Binary(step.Operation.Kind, new BlockOperations.Lanes(registers[step.Left]), new BlockOperations.Lanes(registers[step.Right]), target);
        }
        for (var k = 0; k < results.Length; k++)
            if (outputPlaces[k] >= 0)
                results[k] = registers[outputPlaces[k]];
        return results;
    }
}
