namespace Plumbline.Numerics;

/// <summary>A measurement model (测量模型) given as text, compiled once: the quantities it names, its results, and one program from which value, derivatives, second order, Monte Carlo, intervals, units and print are made.</summary>
/// <remarks>
/// <para>Statements stand on lines of their own or between semicolons: <c>R = V/I*cos(phi)</c>; intermediate names may be used below; <c>0 = formula</c> or <c>formula = formula</c> is an implicit equation for what <c>unknown y = start</c> declares; <c>output a, b</c> chooses the results (without it: every name that no other uses, or all unknowns); a bare formula is the result <c>y</c>.</para>
/// <para>A name that is not defined is a quantity. <c>pi</c> is the number unless a quantity has that name; <c>const.NAME</c> is a fundamental constant (<see cref="PhysicalConstants"/>), with its uncertainty. <c>#</c> begins a remark.</para>
/// <para>Immutable and safe to share between threads.</para>
/// </remarks>
public sealed partial class MeasurementModel
{
    private readonly Statement[] statements;

    private MeasurementModel(string text, Statement[] statements, string[] quantities, string[] results, string[] unknowns, double[] starts, ModelProgram program)
    {
        Text = text;
        this.statements = statements;
        QuantityNames = quantities;
        ResultNames = results;
        UnknownNames = unknowns;
        Starts = starts;
        Program = program;
    }

    /// <summary>The text as given.</summary>
    public string Text { get; }

    /// <summary>The input quantities: in the order asked for, then in the order in which they stand in the text. Constants with an uncertainty are among them, as <c>const.NAME</c>.</summary>
    public IReadOnlyList<string> QuantityNames { get; }

    /// <summary>The results, in the order of the text or of the <c>output</c> statement.</summary>
    public IReadOnlyList<string> ResultNames { get; }

    /// <summary>What the implicit equations determine; empty for an explicit model.</summary>
    public IReadOnlyList<string> UnknownNames { get; }

    /// <summary>Whether equations must be solved for every set of values.</summary>
    public bool IsImplicit => UnknownNames.Count > 0;

    /// <summary>Where the search for each unknown starts.</summary>
    internal double[] Starts { get; }

    /// <summary>Inputs: the quantities, then the unknowns. Outputs: the results, then one residual for each equation.</summary>
    internal ModelProgram Program { get; }

    internal IReadOnlyList<Statement> Statements => statements;

    /// <summary>Reads a model.</summary>
    /// <param name="text">The model.</param>
    /// <param name="quantities">The names of the quantities there are: any other name is an error with a suggestion. Null takes every free name for a quantity.</param>
    /// <exception cref="ModelFormatException">The text cannot be understood; every problem with its place is in the exception.</exception>
    public static MeasurementModel Parse(string text, IReadOnlyList<string>? quantities = null) =>
        TryParse(text, out var problems, quantities) ?? throw new ModelFormatException(text, problems);

    /// <summary>Reads a model and says what is wrong with it as data.</summary>
    /// <param name="text">The model.</param>
    /// <param name="problems">Every problem, in the order of the text; empty when the model is returned.</param>
    /// <param name="quantities">As for <see cref="Parse"/>.</param>
    /// <returns>The model, or null.</returns>
    public static MeasurementModel? TryParse(string text, out ModelProblem[] problems, IReadOnlyList<string>? quantities = null) =>
        Read(text, quantities, false, out problems);

    /// <param name="text">The model.</param>
    /// <param name="quantities">As for <see cref="Parse"/>.</param>
    /// <param name="naturalLog">Whether log(x) may stand for ln(x), as in programming languages.</param>
    /// <param name="problems">Every problem, in the order of the text.</param>
    internal static MeasurementModel? Read(string text, IReadOnlyList<string>? quantities, bool naturalLog, out ModelProblem[] problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<ModelProblem>();
        var parser = new ModelParser(text, found);
        parser.Read();
        MeasurementModel? model = null;
        if (found.Count == 0)
            model = new ModelCompiler(text, parser.Statements, parser.Outputs, quantities, naturalLog, found).Compile();
        problems = [.. found.OrderBy(p => p.Place.Start)];
        return found.Count == 0 ? model : null;
    }

    internal static MeasurementModel Of(string text, Statement[] statements, string[] quantities, string[] results, string[] unknowns, double[] starts, ModelProgram program) =>
        new(text, statements, quantities, results, unknowns, starts, program);
}
