namespace Plumbline.Numerics;

/// <summary>What hangs together by pairs.</summary>
internal static class ConnectedGroups
{
    /// <summary>Groups of places from 0 in which each is linked to another; a place without links is a group of its own.</summary>
    internal static List<int[]> Of(int count, Func<int, int, bool> isLinked)
    {
        var groups = new List<int[]>();
        var seen = new bool[count];
        for (var start = 0; start < count; start++)
        {
            if (seen[start])
                continue;
            seen[start] = true;
            List<int> members = [start];
            for (var k = 0; k < members.Count; k++)
                for (var j = 0; j < count; j++)
                    if (!seen[j] && isLinked(members[k], j))
                    {
                        seen[j] = true;
                        members.Add(j);
                    }
            groups.Add([.. members]);
        }
        return groups;
    }
}
