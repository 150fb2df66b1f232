namespace Plumbline.Numerics;

/// <summary>Finds the distribution of a result without trials where the model allows it.</summary>
public static class ExactEngine
{
    /// <summary>The distribution of one result.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">One distribution for each of the model's quantities, in their order.</param>
    /// <param name="result">Which result, from 0.</param>
    /// <returns>The distribution; null when no exact method applies: implicit models, correlated inputs that are not normal, and nonlinear models with more than three inputs that are not normal.</returns>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such result.</exception>
    public static ExactDistribution? Of(MeasurementModel model, JointInputs inputs, int result = 0)
    {
        var source = TrialSource.Of(model, inputs);
        if (result < 0 || result >= source.Names.Length)
            throw new ArgumentOutOfRangeException(nameof(result), result, $"Must be a result from 0 to {source.Names.Length - 1}.");
        if (model.IsImplicit)
            return null;
        var output = model.Program.Outputs[result];
        return AffineModel.Of(model.Program, output) is { } form ? LinearModel.Distribution(form.Constant, form.Coefficients, inputs) : ConditionalNormal.Distribution(model.Program, output, inputs);
    }
}
