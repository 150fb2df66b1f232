using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Schema;

namespace Plumbline.Certificates;

/// <summary>A folder of official schemas, as <see cref="SchemaFiles.Install"/> left it. Safe for use by several threads.</summary>
/// <param name="folder">Folder of the installation; it need not exist.</param>
public sealed class InstalledSchemas(string folder)
{
    /// <summary>MathML has no schema in the set: any formula passes, so that strict processing of formulas does not fail on it.</summary>
    private const string mathml = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1998/Math/MathML"><xs:element name="math"><xs:complexType mixed="true"><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>""";

    private readonly ConcurrentDictionary<string, Lazy<(XmlSchemaSet? Schemas, string? Fault)>> sets = new(StringComparer.Ordinal);

    /// <summary>Folder of the installation.</summary>
    public string Folder => folder;

    internal bool Has(string main) => File.Exists(Path.Combine(folder, main));

    /// <summary>The compiled set of a version, or the name of the file that is absent or changed.</summary>
    internal (XmlSchemaSet? Schemas, string? Fault) Load(string main) => sets.GetOrAdd(main, m => new(() => Compile(m))).Value;

    private (XmlSchemaSet? Schemas, string? Fault) Compile(string main)
    {
        var resolver = new InstalledResolver(folder);
        try
        {
            var set = new XmlSchemaSet { XmlResolver = resolver };
            using var formulas = XmlReader.Create(new StringReader(mathml));
            set.Add("http://www.w3.org/1998/Math/MathML", formulas);
            using var reader = XmlReader.Create(new MemoryStream(resolver.Bytes(main)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true }, InstalledResolver.Root + main);
            set.Add(null, reader);
            set.Compile();
            return (set, null);
        }
        catch (Exception absent) when (resolver.Fault is not null && absent is InvalidDataException or XmlSchemaException)
        {
            return (null, resolver.Fault);
        }
    }

    /// <summary>Gives an import only what is installed and pinned; there is no way out to the network or to another file.</summary>
    private sealed class InstalledResolver(string folder) : XmlResolver
    {
        public const string Root = "installed://schemas/";

        /// <summary>The schema that is absent or changed: the set itself passes over an import that fails.</summary>
        public string? Fault { get; private set; }

        public byte[] Bytes(string name) => (SchemaFiles.Pinned.ContainsKey(name) ? SchemaFiles.Read(folder, name) : null) ?? throw new InvalidDataException(Fault = name);

        public override object GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) => new MemoryStream(Bytes(absoluteUri.AbsolutePath.TrimStart('/')));
    }
}
