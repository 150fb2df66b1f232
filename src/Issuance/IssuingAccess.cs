using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>Who may do what with keys and certificates of an institution, as far as roles tell; what the regulator may is asked of <see cref="Supervision"/>.</summary>
public static class IssuingAccess
{
    extension(Actor actor)
    {
        /// <summary>Signs what the institution issues.</summary>
        public bool MaySignFor(Guid organisationId) => actor.Has(Role.Signatory, organisationId);

        /// <summary>Proposes, retires and reports the institution's keys.</summary>
        public bool MayKeepKeysOf(Guid organisationId) => actor.HasAny(organisationId, Role.Signatory, Role.Manager);

        /// <summary>Reads everything of a certificate: the issuer's people, the customer's, and everybody when it is public.</summary>
        public bool MayRead(IssuedCertificate certificate) =>
            certificate.IsPublic || actor.BelongsTo(certificate.OrganisationId) || certificate.CustomerId is { } customer && actor.BelongsTo(customer);
    }

    /// <summary>By which code an organisation stands in the trust list: its credit code, or its own where it has none.</summary>
    public static string TrustId(this Organisation organisation) => organisation.CreditCode ?? organisation.Code;
}
