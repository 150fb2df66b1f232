using System.Formats.Cbor;

namespace Plumbline.Certificates;

/// <summary>Events as deterministic CBOR: a map with small numbers as keys, each event in one spelling only. The numbers are part of the format: never renumber.</summary>
internal static class LogEventCbor
{
    private const int Version = 1;
    private const int SignatureSize = 64;

    private enum Key
    {
        Version = 1,
        Type = 2,
        Id = 3,
        Issuer = 4,
        Kind = 5,
        Sha256 = 6,
        Sm3 = 7,
        Commitment = 8,
        Time = 9,
        Target = 10,
        Reason = 11,
        StatusIndex = 12,
        Reference = 13,
        Status = 14,
        LastTrusted = 15,
        Salt = 16,
        KeyId = 17,
        Signature = 18,
    }

    /// <summary>What the issuer signs: a label, so that the signature means nothing elsewhere, and the event without its signature.</summary>
    public static byte[] ToBeSigned(LogEvent e) => [.. "PLUMBLINE-EVENT-1\0"u8, .. Write(e, signed: false)];

    public static byte[] Encode(LogEvent e)
    {
        if (e.Signature.Length != 2 * SignatureSize)
            throw new LogException("event-unsigned", "event");
        var entry = Write(e, signed: true);
        return entry.Length <= LogEvent.MaximumLength ? entry : throw new LogException("event-size", "event", $"{entry.Length}", $"{LogEvent.MaximumLength}");
    }

    public static LogEvent Decode(ReadOnlyMemory<byte> entry)
    {
        if (entry.Length > LogEvent.MaximumLength)
            throw new LogException("event-size", "event", $"{entry.Length}", $"{LogEvent.MaximumLength}");
        LogEvent e;
        try
        {
            e = Read(new CborReader(entry, CborConformanceMode.Ctap2Canonical));
        }
        catch (Exception fault) when (fault is CborContentException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new LogException("event-form", "event", fault.Message);
        }
        return Encode(e).AsSpan().SequenceEqual(entry.Span) ? e : throw new LogException("event-spelling", "event");
    }

    private static byte[] Write(LogEvent e, bool signed)
    {
        EventForm.Check(e);
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical, convertIndefiniteLengthEncodings: true);
        cbor.WriteStartMap(null);
        Number(cbor, Key.Version, Version);
        Number(cbor, Key.Type, (int)e.Type);
        Number(cbor, Key.Id, (long?)e.Id?.Value);
        Text(cbor, Key.Issuer, e.Issuer);
        Text(cbor, Key.Kind, e.Kind);
        Bytes(cbor, Key.Sha256, e.Digests?.Sha256.ToArray());
        Bytes(cbor, Key.Sm3, e.Digests?.Sm3.ToArray());
        Bytes(cbor, Key.Commitment, e.Commitment?.ToArray());
        Number(cbor, Key.Time, e.Time.ToUnixTimeSeconds());
        Target(cbor, e.Target);
        Text(cbor, Key.Reason, e.Reason);
        Number(cbor, Key.StatusIndex, e.StatusIndex);
        Text(cbor, Key.Reference, e.Reference);
        Status(cbor, e.Status);
        Number(cbor, Key.LastTrusted, e.LastTrusted);
        Bytes(cbor, Key.Salt, e.Salt is null ? null : Convert.FromHexString(e.Salt));
        Bytes(cbor, Key.KeyId, Convert.FromHexString(e.KeyId));
        if (signed)
            Bytes(cbor, Key.Signature, Convert.FromHexString(e.Signature));
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static void Number(CborWriter cbor, Key key, long? value)
    {
        if (value is not { } number)
            return;
        cbor.WriteInt32((int)key);
        cbor.WriteInt64(number);
    }

    private static void Text(CborWriter cbor, Key key, string? value)
    {
        if (value is null)
            return;
        cbor.WriteInt32((int)key);
        cbor.WriteTextString(value);
    }

    private static void Bytes(CborWriter cbor, Key key, byte[]? value)
    {
        if (value is null)
            return;
        cbor.WriteInt32((int)key);
        cbor.WriteByteString(value);
    }

    private static void Target(CborWriter cbor, EventTarget? target)
    {
        if (target is null)
            return;
        cbor.WriteInt32((int)Key.Target);
        cbor.WriteStartArray(3);
        if (target.Id is { } id)
            cbor.WriteUInt64(id.Value);
        else
            cbor.WriteNull();
        cbor.WriteInt64(target.Index);
        cbor.WriteByteString(target.Leaf.Span);
        cbor.WriteEndArray();
    }

    private static void Status(CborWriter cbor, StatusSummary? status)
    {
        if (status is null)
            return;
        cbor.WriteInt32((int)Key.Status);
        cbor.WriteStartArray(3);
        cbor.WriteByteString(status.Root.Span);
        cbor.WriteInt64(status.Count);
        cbor.WriteInt64(status.Size);
        cbor.WriteEndArray();
    }

    private static LogEvent Read(CborReader cbor)
    {
        var e = new LogEvent(default, "", default);
        Hash256? sha256 = null, sm3 = null;
        cbor.ReadStartMap();
        while (cbor.PeekState() != CborReaderState.EndMap)
        {
            var key = (Key)cbor.ReadInt32();
            e = key switch
            {
                Key.Version => cbor.ReadInt32() == Version ? e : throw new CborContentException("version"),
                Key.Type => e with { Type = (LogEventType)cbor.ReadInt32() },
                Key.Id => e with { Id = new(cbor.ReadUInt64()) },
                Key.Issuer => e with { Issuer = cbor.ReadTextString() },
                Key.Kind => e with { Kind = cbor.ReadTextString() },
                Key.Sha256 => Keep(e, sha256 = new(cbor.ReadByteString())),
                Key.Sm3 => Keep(e, sm3 = new(cbor.ReadByteString())),
                Key.Commitment => e with { Commitment = new Hash256(cbor.ReadByteString()) },
                Key.Time => e with { Time = DateTimeOffset.FromUnixTimeSeconds(cbor.ReadInt64()) },
                Key.Target => e with { Target = ReadTarget(cbor) },
                Key.Reason => e with { Reason = cbor.ReadTextString() },
                Key.StatusIndex => e with { StatusIndex = cbor.ReadInt64() },
                Key.Reference => e with { Reference = cbor.ReadTextString() },
                Key.Status => e with { Status = ReadStatus(cbor) },
                Key.LastTrusted => e with { LastTrusted = cbor.ReadInt64() },
                Key.Salt => e with { Salt = Convert.ToHexStringLower(cbor.ReadByteString()) },
                Key.KeyId => e with { KeyId = Convert.ToHexStringLower(cbor.ReadByteString()) },
                Key.Signature => e with { Signature = Convert.ToHexStringLower(cbor.ReadByteString()) },
                _ => throw new CborContentException($"key {(int)key}"),
            };
        }
        cbor.ReadEndMap();
        if (cbor.BytesRemaining > 0)
            throw new CborContentException("trailing bytes");
        return sha256 is { } first && sm3 is { } second ? e with { Digests = new(first, second) } : e;
    }

    private static LogEvent Keep(LogEvent e, Hash256? _) => e;

    private static EventTarget ReadTarget(CborReader cbor)
    {
        cbor.ReadStartArray();
        CertificateId? id = null;
        if (cbor.PeekState() == CborReaderState.Null)
            cbor.ReadNull();
        else
            id = new(cbor.ReadUInt64());
        var target = new EventTarget(id, cbor.ReadInt64(), new(cbor.ReadByteString()));
        cbor.ReadEndArray();
        return target;
    }

    private static StatusSummary ReadStatus(CborReader cbor)
    {
        cbor.ReadStartArray();
        var status = new StatusSummary(new(cbor.ReadByteString()), cbor.ReadInt64(), cbor.ReadInt64());
        cbor.ReadEndArray();
        return status;
    }
}
