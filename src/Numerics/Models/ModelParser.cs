namespace Plumbline.Numerics;

/// <summary>Reads statements: <c>y [unit] = formula</c>, <c>0 = formula</c>, <c>unknown y = start</c>, <c>output a, b</c>, or one bare formula.</summary>
/// <remarks>^ and ** are powers and bind to the right, closer than a sign before them: −x^2 is −(x^2). A number directly before a name or a parenthesis multiplies nothing: it is refused.</remarks>
internal sealed class ModelParser
{
    private const int DeepestNesting = 200;

    private readonly List<ModelProblem> problems;
    private readonly List<Token> tokens;
    private int at;
    private int depth;

    internal ModelParser(string text, List<ModelProblem> problems)
    {
        this.problems = problems;
        tokens = ModelLexer.Read(text, problems);
    }

    internal List<Statement> Statements { get; } = [];

    internal List<Token> Outputs { get; } = [];

    private Token Now => tokens[at];

    internal void Read()
    {
        while (Now.Kind != TokenKind.EndOfText)
        {
            if (Now.Kind == TokenKind.EndOfStatement)
            {
                at++;
                continue;
            }
            try
            {
                ReadStatement();
            }
            catch (Stop)
            {
                // The problem is noted; the next statement may have more to say.
                while (Now.Kind is not (TokenKind.EndOfStatement or TokenKind.EndOfText))
                    at++;
            }
        }
    }

    private void ReadStatement()
    {
        depth = 0;
        var start = Now.Place;
        if (Now is { Kind: TokenKind.Name, Text: "output" } && tokens[at + 1].Kind == TokenKind.Name)
        {
            do
            {
                at++;
                Outputs.Add(Expect(TokenKind.Name, "expected-name"));
            }
            while (IsSymbol(","));
            EndStatement();
            return;
        }
        var unknown = Now is { Kind: TokenKind.Name, Text: "unknown" } && tokens[at + 1].Kind == TokenKind.Name;
        if (unknown)
            at++;
        if (Now.Kind == TokenKind.Name && (tokens[at + 1] is { Kind: TokenKind.Symbol, Text: "=" } || tokens[at + 1].Kind == TokenKind.Unit && tokens[at + 2] is { Kind: TokenKind.Symbol, Text: "=" }))
        {
            var name = tokens[at++].Text;
            var unit = Now.Kind == TokenKind.Unit ? tokens[at++].Text : null;
            at++;
            var value = Sum();
            Statements.Add(new(name, unit, value, unknown, start.To(value.Place)));
        }
        else if (unknown)
        {
            at++;
            throw Fail("expected-symbol", "=");
        }
        else
        {
            var left = Sum();
            if (!IsSymbol("="))
                Statements.Add(new("", null, left, false, left.Place));
            else
            {
                at++;
                var right = Sum();
                var place = left.Place.To(right.Place);
                Statements.Add(new(null, null, left is Expression.Literal { Value: 0 } ? right : new Expression.Arithmetic('-', left, right, place), false, place));
            }
        }
        EndStatement();
    }

    private void EndStatement()
    {
        if (IsSymbol("="))
        {
            problems.Add(new("chained-comparison", Now.Place, []));
            throw new Stop();
        }
        if (Now.Kind is not (TokenKind.EndOfStatement or TokenKind.EndOfText))
            throw Fail("expected-operator");
    }

    private Expression Sum()
    {
        if (++depth > DeepestNesting)
        {
            problems.Add(new("too-deep", Now.Place, []));
            throw new Stop();
        }
        var left = Product();
        while (IsSymbol("+") || IsSymbol("-"))
        {
            var sign = tokens[at++].Text[0];
            SkipLineBreaks();
            var right = Product();
            left = new Expression.Arithmetic(sign, left, right, left.Place.To(right.Place));
        }
        depth--;
        return left;
    }

    private Expression Product()
    {
        var left = Signed();
        while (IsSymbol("*") || IsSymbol("/"))
        {
            var sign = tokens[at++].Text[0];
            SkipLineBreaks();
            var right = Signed();
            left = new Expression.Arithmetic(sign, left, right, left.Place.To(right.Place));
        }
        return left;
    }

    private Expression Signed()
    {
        var negative = false;
        var start = Now.Place;
        while (IsSymbol("-") || IsSymbol("+"))
            negative ^= tokens[at++].Text == "-";
        var operand = Power();
        return negative ? new Expression.Negation(operand, start.To(operand.Place)) : operand;
    }

    private Expression Power()
    {
        var operand = Atom();
        if (!IsSymbol("^"))
            return operand;
        at++;
        if (++depth > DeepestNesting)
        {
            problems.Add(new("too-deep", Now.Place, []));
            throw new Stop();
        }
        var exponent = Signed();
        depth--;
        return new Expression.Arithmetic('^', operand, exponent, operand.Place.To(exponent.Place));
    }

    private Expression Atom()
    {
        var token = Now;
        switch (token.Kind)
        {
            case TokenKind.Number:
                at++;
                var unit = Now.Kind == TokenKind.Unit ? tokens[at++].Text : null;
                return new Expression.Literal(token.Value, token.Text, unit, token.Place);
            case TokenKind.Name:
                at++;
                return IsSymbol("(") ? Call(token) : new Expression.Name(token.Text, token.Place);
            case TokenKind.Symbol when token.Text == "(":
                at++;
                SkipLineBreaks();
                var inner = Sum();
                SkipLineBreaks();
                var close = Expect(")");
                return inner with { Place = token.Place.To(close.Place) };
            default:
                throw Fail("expected-operand");
        }
    }

    private Expression.Call Call(Token name)
    {
        at++;
        var arguments = new List<Expression>();
        SkipLineBreaks();
        while (!IsSymbol(")"))
        {
            arguments.Add(Sum());
            SkipLineBreaks();
            if (!IsSymbol(","))
                break;
            at++;
            SkipLineBreaks();
        }
        var close = Expect(")");
        return new(name.Text, [.. arguments], name.Place.To(close.Place));
    }

    /// <summary>A line may break after an operator and within parentheses; a semicolon may not.</summary>
    private void SkipLineBreaks()
    {
        while (Now is { Kind: TokenKind.EndOfStatement, Text: "\n" })
            at++;
    }

    private bool IsSymbol(string text) => Now.Kind == TokenKind.Symbol && Now.Text == text;

    private Token Expect(string symbol) => IsSymbol(symbol) ? tokens[at++] : throw Fail("expected-symbol", symbol);

    private Token Expect(TokenKind kind, string code) => Now.Kind == kind ? tokens[at++] : throw Fail(code);

    private Stop Fail(string code, params string[] more)
    {
        problems.Add(new(code, Now.Place, [Now.Kind is TokenKind.EndOfText or TokenKind.EndOfStatement ? "" : Now.Text, .. more]));
        return new();
    }

    /// <summary>Leaves the statement; what is wrong has been noted.</summary>
    private sealed class Stop : Exception;
}
