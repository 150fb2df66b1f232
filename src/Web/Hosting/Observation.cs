using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Plumbline.Web;

/// <summary>Logs for people in development and for machines in production; traces and metrics where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to send them.</summary>
internal static class Observation
{
    public static void AddObservation(this WebApplicationBuilder builder)
    {
        // Before every other source, so that any setting overrides it.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
        builder.Logging.ClearProviders();
        if (builder.Environment.IsProduction())
            builder.Logging.AddJsonConsole(options => (options.IncludeScopes, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        else
            builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat, options.ColorBehavior) = (true, "HH:mm:ss ", LoggerColorBehavior.Default));
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        builder.Logging.AddOpenTelemetry(options => options.AddOtlpExporter());
        builder.Services.AddHostedService<Telemetry>();
    }

    private static readonly Dictionary<string, string?> Levels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        // Refusals of bad requests are answers, not events; the writer logs the rest.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Error",
        // SQLite rebuilds tables in migrations, and says so each time.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Migrations"] = "Warning",
    };

    /// <summary>Lives as long as the server and sends what is left when it stops.</summary>
    private sealed class Telemetry : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            traces = Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.AspNetCore", "Npgsql").AddOtlpExporter().Build();
            metrics = Sdk.CreateMeterProviderBuilder().AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.RateLimiting", "System.Runtime", "Npgsql").AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces?.ForceFlush(5000);
            metrics?.ForceFlush(5000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            traces?.Dispose();
            metrics?.Dispose();
        }
    }
}
