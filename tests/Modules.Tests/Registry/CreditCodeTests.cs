using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class CreditCodeTests
{
    // Codes that public registers print.
    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData("91110000600037341L")]
    public void A_published_code_is_valid(string code) => Assert.Empty(CreditCode.Refusals(code));

    [Fact]
    public void The_refusal_names_the_character_that_was_expected()
    {
        var refusal = Assert.Single(CreditCode.Refusals("91350100M000100Y44"));
        Assert.Equal(("credit-code-check", "CreditCode"), (refusal.Code, refusal.Field));
        Assert.Equal(['4', '3'], refusal.Arguments.Cast<char>());
    }

    [Theory]
    [InlineData("91350100M000100Y4", "credit-code-length")]
    [InlineData("", "credit-code-length")]
    [InlineData("91350100M000100YO3", "credit-code-characters")]
    [InlineData("913501A0M000100Y43", "credit-code-region")]
    public void A_code_of_another_form_is_refused(string code, string reason) => Assert.Contains(CreditCode.Refusals(code), r => r.Code == reason);

    [Fact]
    public void Blanks_hyphens_and_small_letters_are_forgiven() => Assert.Equal("91350100M000100Y43", CreditCode.Normalise(" 9135 0100-m000100y43 "));

    /// <summary>The law of the check character, over many codes drawn with a fixed seed and every place and character in each.</summary>
    [Fact]
    public void One_changed_character_and_two_neighbours_exchanged_are_always_found()
    {
        var random = new Random(32100);
        for (var n = 0; n < 200; n++)
        {
            var first17 = $"{random.Next(1, 10)}{random.Next(1, 4)}{random.Next(0, 1_000_000):D6}{string.Concat(Enumerable.Range(0, 9).Select(_ => CreditCode.Alphabet[random.Next(31)]))}";
            var code = first17 + CreditCode.CheckCharacter(first17);
            Assert.True(CreditCode.IsValid(code), code);
            for (var i = 0; i < code.Length; i++)
            {
                foreach (var other in CreditCode.Alphabet.Where(c => c != code[i]))
                    Assert.False(CreditCode.IsValid(code[..i] + other + code[(i + 1)..]), $"{code}: {other} at {i}");
                if (i > 0 && code[i] != code[i - 1])
                    Assert.False(CreditCode.IsValid(code[..(i - 1)] + code[i] + code[i - 1] + code[(i + 1)..]), $"{code}: {i - 1} and {i} exchanged");
            }
        }
    }
}
