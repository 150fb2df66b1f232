using Plumbline.Interface;

namespace Plumbline.Registry;

public static class RuleText
{
    /// <summary>The value with its unit in the reader's language, such as 18个月 or 18 months.</summary>
    public static string Value(Rule rule, Texts texts)
    {
        if (string.IsNullOrEmpty(rule.Unit) || rule.Number is null)
            return rule.Value;
        if (rule.Unit == "%")
            return $"{rule.Value} %";
        var key = $"unit.{rule.Unit.Replace(' ', '-')}";
        var unit = (rule.Number == 1 ? null : texts.Find($"{key}.many")) ?? texts.Find(key) ?? rule.Unit;
        return Texts.IsEnglish ? $"{rule.Value} {unit}" : $"{rule.Value}{unit}";
    }
}
