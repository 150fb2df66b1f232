namespace Plumbline.Sheets;

/// <summary>How much a table handed in by a stranger may ask of us before it is refused.</summary>
/// <param name="MaxBytes">Size of the file as it arrives.</param>
/// <param name="MaxRows">Rows below the header that hold anything.</param>
/// <param name="MaxColumns">Columns from A on.</param>
/// <param name="MaxCellLength">Characters in one cell.</param>
/// <param name="MaxUncompressedBytes">Everything inside an .xlsx, counted while it is unpacked, never as declared.</param>
/// <param name="MaxEntries">Parts inside an .xlsx.</param>
/// <param name="MaxRatio">Unpacked size over packed size of one part; honest worksheets stay below about 60.</param>
public sealed record SheetLimits(
    long MaxBytes = 20L << 20,
    int MaxRows = 100_000,
    int MaxColumns = 256,
    int MaxCellLength = 4_000,
    long MaxUncompressedBytes = 128L << 20,
    int MaxEntries = 1_000,
    int MaxRatio = 250)
{
    public static SheetLimits Default { get; } = new();
}
