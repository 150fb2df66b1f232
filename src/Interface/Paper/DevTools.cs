using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;

namespace Plumbline.Interface;

/// <summary>The browser said no.</summary>
internal sealed class DevToolsException(string message) : IOException(message);

/// <summary>An event of the browser.</summary>
internal sealed record DevToolsEvent(string Method, JsonElement Parameters);

/// <summary>The Chrome DevTools protocol over a pair of streams: JSON messages, each ended by a zero byte.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly Stream toBrowser;
    private readonly PipeReader fromBrowser;
    private readonly SemaphoreSlim writing = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly Channel<DevToolsEvent> events = Channel.CreateUnbounded<DevToolsEvent>();
    private readonly Task reading;
    private int lastId;

    public DevTools(Stream toBrowser, Stream fromBrowser)
    {
        this.toBrowser = toBrowser;
        this.fromBrowser = PipeReader.Create(fromBrowser);
        reading = ReadAsync();
    }

    /// <summary>What the browser reports; ends when it ends.</summary>
    public ChannelReader<DevToolsEvent> Events => events.Reader;

    /// <summary>Sends a command and waits for its result.</summary>
    /// <exception cref="DevToolsException">The browser refused the command.</exception>
    /// <exception cref="IOException">The browser has gone.</exception>
    public async Task<JsonElement> SendAsync(string? session, string method, object parameters, CancellationToken cancel)
    {
        var id = Interlocked.Increment(ref lastId);
        var answer = waiting[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new Dictionary<string, object> { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
            message["sessionId"] = session;
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(message), 0];
        await writing.WaitAsync(cancel);
        try
        {
            await toBrowser.WriteAsync(bytes, cancel);
            await toBrowser.FlushAsync(cancel);
        }
        finally
        {
            writing.Release();
        }
        if (reading.IsCompleted)
            answer.TrySetException(Gone());
        return await answer.Task.WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        fromBrowser.CancelPendingRead();
        await reading;
        writing.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var result = await fromBrowser.ReadAsync();
                var buffer = result.Buffer;
                while (buffer.PositionOf((byte)0) is { } end)
                {
                    Dispatch(buffer.Slice(0, end));
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }
                fromBrowser.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted || result.IsCanceled)
                    break;
            }
            events.Writer.Complete();
        }
        catch (Exception fault) when (fault is IOException or JsonException or KeyNotFoundException)
        {
            events.Writer.Complete(fault);
        }
        foreach (var answer in waiting.Values)
            answer.TrySetException(Gone());
    }

    private void Dispatch(ReadOnlySequence<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var message = document.RootElement;
        if (!message.TryGetProperty("id", out var id))
        {
            events.Writer.TryWrite(new(message.GetProperty("method").GetString()!, message.GetProperty("params").Clone()));
            return;
        }
        if (!waiting.TryRemove(id.GetInt32(), out var answer))
            return; // nobody waits for it any more
        if (message.TryGetProperty("error", out var error))
            answer.TrySetException(new DevToolsException(error.GetProperty("message").GetString() ?? "unknown error"));
        else
            answer.TrySetResult(message.GetProperty("result").Clone());
    }

    private static IOException Gone() => new("The browser ended before it answered.");
}
