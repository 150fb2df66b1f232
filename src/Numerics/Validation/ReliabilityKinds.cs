using System.Text.Json.Nodes;
namespace Plumbline.Numerics;
internal static class ReliabilityKinds { internal static readonly KeyValuePair<string, Func<CaseInputs, JsonObject>>[] All = []; }
