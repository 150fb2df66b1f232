using Plumbline.Interface;

namespace Plumbline.Registry;

internal static class PasswordRules
{
    private const int LongestUseful = 128;

    /// <summary>Every reason to refuse a new password.</summary>
    public static IEnumerable<Refusal> Refusals(string? password, string? repeated, string name, string email, AccessRules rules, string field = "Password", string repeatedField = "Repeated")
    {
        if (string.IsNullOrEmpty(password))
        {
            yield return new("password-missing", field);
            yield break;
        }
        if (password.Length < rules.PasswordLength)
            yield return new("password-short", field, password.Length, rules.PasswordLength);
        if (password.Length > LongestUseful)
            yield return new("password-long", field, password.Length, LongestUseful);
        if (Kinds(password) < rules.PasswordKinds)
            yield return new("password-kinds", field, rules.PasswordKinds, Kinds(password));
        if (Names(name, email).Any(part => password.Contains(part, StringComparison.OrdinalIgnoreCase)))
            yield return new("password-names", field);
        if (repeated is not null && repeated != password)
            yield return new("password-repeat", repeatedField);
    }

    private static int Kinds(string password) =>
        (password.Any(char.IsLower) ? 1 : 0) + (password.Any(char.IsUpper) ? 1 : 0) + (password.Any(char.IsDigit) ? 1 : 0) + (password.Any(c => !char.IsLower(c) && !char.IsUpper(c) && !char.IsDigit(c)) ? 1 : 0);

    // Parts shorter than three letters occur in any good password by chance.
    private static IEnumerable<string> Names(string name, string email) =>
        new[] { name, name.Replace(" ", "", StringComparison.Ordinal), email, email.Split('@')[0] }.Concat(name.Split(' ')).Where(part => part.Length >= 3);
}
