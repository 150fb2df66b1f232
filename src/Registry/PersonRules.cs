using System.Text.RegularExpressions;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal static partial class PersonRules
{
    public static bool IsEmail(string text) => text.Length <= 256 && EmailForm().IsMatch(text);

    public static IEnumerable<Refusal> NameRefusals(string? name, string field = "Name")
    {
        if (string.IsNullOrWhiteSpace(name))
            yield return new("name-missing", field);
        else if (name.Trim().Length > 80)
            yield return new("name-long", field, name.Trim().Length, 80);
    }

    public static IEnumerable<Refusal> EmailRefusals(string? email, string field = "Email")
    {
        if (string.IsNullOrWhiteSpace(email))
            yield return new("email-missing", field);
        else if (!IsEmail(email.Trim()))
            yield return new("email-form", field, email);
    }

    [GeneratedRegex(@"^[^@\s,;<>""]+@[^@\s,;<>""]+\.[^@\s,;<>""]+$")]
    private static partial Regex EmailForm();
}
