using Plumbline.Certificates.Tests;

// The test program is also the process that the tests of the log kill; everything else is what xunit would have generated.
if (Environment.GetEnvironmentVariable(KilledWriter.Folder) is { } folder)
{
    await KilledWriter.AppendAsync(folder);
    return 0;
}
return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
