using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>The XML namespaces of a digital calibration certificate.</summary>
public static class DccNames
{
    /// <summary>DCC, all versions.</summary>
    public static XNamespace Dcc { get; } = "https://ptb.de/dcc";

    /// <summary>D-SI of DCC 2.2.0 and later.</summary>
    public static XNamespace Si { get; } = "https://ptb.de/si";

    /// <summary>XML signatures.</summary>
    public static XNamespace Signature { get; } = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>XML schema instance (<c>schemaLocation</c>).</summary>
    public static XNamespace Instance { get; } = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The root element of every DCC.</summary>
    public static XName Root { get; } = Dcc + "digitalCalibrationCertificate";
}
