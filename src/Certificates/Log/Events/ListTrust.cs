namespace Plumbline.Certificates;

/// <summary>A trust list as what the rules of acceptance ask. It keeps retired keys, so that the newest list judges old entries too. Safe for use by several threads.</summary>
/// <param name="list">The trust list.</param>
/// <param name="operators">Ids of the institutions that may record software, keys and status roots; commitments and openings are anybody's whom the list knows.</param>
public sealed class ListTrust(TrustList list, IReadOnlySet<string> operators) : IEventTrust
{
    /// <inheritdoc/>
    public EventSigner? FindSigner(string keyId, DateOnly day, long index) =>
        list.JudgeUse(keyId, KeyUse.Document, day, index, isLeafProven: true) is { IsTrusted: true, Institution: { } institution } && list.FindKey(keyId) is { } key
            ? new(institution.Id, key.Key)
            : null;

    /// <inheritdoc/>
    public bool MayIssue(string keyId, string kind, DateOnly day, long index) =>
        Enum.TryParse<DocumentKind>(kind, out var known) && known.ToString() == kind && list.Judge(keyId, KeyUse.Document, known, day, index, isLeafProven: true).IsTrusted;

    /// <inheritdoc/>
    public bool MayRecord(string institution, LogEventType type, DateOnly day) =>
        operators.Contains(institution) || (type is LogEventType.Commitment or LogEventType.Opening && list.FindInstitution(institution) is not null);

    /// <inheritdoc/>
    public bool Supervises(string authority, string institution) => list.Supervises(authority, institution);
}
