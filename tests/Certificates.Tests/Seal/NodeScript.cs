using System.ComponentModel;
using System.Diagnostics;

namespace Plumbline.Certificates.Tests;

/// <summary>Runs the seal's script under Node.js, whose WebCrypto is that of browsers; skips the test where there is none.</summary>
internal static class NodeScript
{
    /// <param name="body">Statements of a module that may name <c>seal</c> (the script) and <c>input</c> (the JSON given), and end with <c>output(value)</c>.</param>
    public static async Task<string> RunAsync(string body, string input)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-seal-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "seal.mjs"), SealScript.Text);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "input.json"), input);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "main.mjs"), $$"""
                import * as seal from './seal.mjs';
                import { readFileSync, writeFileSync } from 'node:fs';
                import { webcrypto } from 'node:crypto';
                globalThis.crypto ??= webcrypto;
                const input = JSON.parse(readFileSync('input.json', 'utf8'));
                const output = value => writeFileSync('output.json', JSON.stringify(value));
                const bytes = base64 => Uint8Array.from(Buffer.from(base64, 'base64'));
                {{body}}
                """);
            Process process;
            try
            {
                process = Process.Start(new ProcessStartInfo("node", ["main.mjs"]) { WorkingDirectory = folder.FullName, RedirectStandardError = true })!;
            }
            catch (Win32Exception)
            {
                Assert.Skip("node is not installed");
                return "";
            }
            using (process)
            {
                var fault = await process.StandardError.ReadToEndAsync();
                await process.WaitForExitAsync();
                Assert.True(process.ExitCode == 0, fault);
            }
            return await File.ReadAllTextAsync(Path.Combine(folder.FullName, "output.json"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
