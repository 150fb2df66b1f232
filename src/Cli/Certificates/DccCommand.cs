using System.CommandLine;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc</c>: digital calibration certificates, files in and files out.</summary>
internal static class DccCommand
{
    public static Command Create(CliTexts texts) => new("dcc", texts["dcc.summary"])
    {
        DccShowCommand.Create(texts),
        DccRenderCommand.Create(texts),
        DccConvertCommand.Create(texts),
        DccSignCommand.Create(texts),
        DccVerifyCommand.Create(texts),
        DccValidateCommand.Create(texts),
        DccSchemasCommand.Create(texts),
        DccRulesCommand.Create(texts),
    };
}
