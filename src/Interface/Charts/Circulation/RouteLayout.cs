namespace Plumbline.Interface;

/// <summary>
/// Where the stations of a circulation stand. The legs are cut into loops from pilot to pilot: one loop is a ring with
/// the pilot at its head; several are petals about the pilot, and a petal of one laboratory is a ray of a star.
/// </summary>
internal sealed class RouteLayout
{
    private readonly Dictionary<string, (double X, double Y)> places = new(StringComparer.Ordinal);

    public RouteLayout(string pilot, IReadOnlyList<RouteLeg> legs, double width)
    {
        Pilot = pilot;
        var loops = Loops(pilot, legs);
        var stations = loops.Sum(loop => loop.Count);
        Node = stations <= 14 ? 19 : stations <= 26 ? 15 : stations <= 48 ? 11 : 5;
        WritesInside = Node >= 11;
        var margin = WritesInside ? Node + 8 : 64;
        // Room for an arrow between neighbours around the outside, within the page.
        Radius = Math.Clamp((stations + loops.Count) * ((2 * Node) + (WritesInside ? 26 : 16)) / (2 * Math.PI), loops.Count > 1 ? 150 : 110, (width / 2) - margin - 4);
        Height = (2 * Radius) + (2 * margin);
        Centre = (width / 2, margin + Radius);
        if (loops.Count == 1)
            Ring(loops[0]);
        else
            Petals(loops);
    }

    public string Pilot { get; }

    public double Radius { get; }

    public double Node { get; }

    /// <summary>The pilot's code always stands inside its square.</summary>
    public double Size(string code) => code == Pilot ? Math.Max(Node, WritesInside ? 18 : 13) : Node;

    public bool WritesInside { get; }

    public double Height { get; }

    public (double X, double Y) Centre { get; }

    public IReadOnlyDictionary<string, (double X, double Y)> Places => places;

    // A laboratory served twice keeps its first place.
    private static List<List<string>> Loops(string pilot, IReadOnlyList<RouteLeg> legs)
    {
        var loops = new List<List<string>> { new() };
        var seen = new HashSet<string>(StringComparer.Ordinal) { pilot };
        foreach (var leg in legs)
        {
            if (leg.From == pilot && loops[^1].Count > 0)
                loops.Add([]);
            foreach (var station in new[] { leg.From, leg.To })
            {
                if (seen.Add(station))
                    loops[^1].Add(station);
            }
        }

        return [.. loops.Where(loop => loop.Count > 0)];
    }

    private void Ring(List<string> loop)
    {
        places[Pilot] = Polar(0, Radius);
        for (var i = 0; i < loop.Count; i++)
            places[loop[i]] = Polar((i + 1.0) / (loop.Count + 1), Radius);
    }

    private void Petals(List<List<string>> loops)
    {
        places[Pilot] = Centre;
        var total = loops.Sum(loop => loop.Count + 0.8);
        var start = 0.0;
        foreach (var loop in loops)
        {
            var share = (loop.Count + 0.8) / total;
            for (var i = 0; i < loop.Count; i++)
            {
                var along = (i + 1.0) / (loop.Count + 1);
                var turn = (i + 0.9) / (loop.Count + 0.8);
                places[loop[i]] = Polar(start + (share * turn), Radius * (0.8 + (0.2 * Math.Sin(Math.PI * along))));
            }

            start += share;
        }
    }

    /// <summary>A place by its share of a full turn, clockwise from the top.</summary>
    private (double, double) Polar(double turn, double radius) =>
        (Centre.X + (radius * Math.Sin(2 * Math.PI * turn)), Centre.Y - (radius * Math.Cos(2 * Math.PI * turn)));
}
