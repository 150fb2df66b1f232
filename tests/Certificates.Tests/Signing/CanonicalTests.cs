using System.Text;

namespace Plumbline.Certificates.Tests;

public class CanonicalTests
{
    private const string Awkward = """
        <?xml version="1.0" encoding="utf-8"?>
        <?xml-stylesheet   href="doc.xsl"
           type="text/xsl"   ?>
        <!-- before -->
        <e0 xmlns="urn:one" xmlns:b="urn:b" xmlns:a="urn:a" xmlns:unused="urn:u" b:z="1" a:z="2" z="3" a="&#9;t&#10;n&#13;r &quot;q&quot; &lt;>" xml:lang="zh">
           <b:e1 xmlns:b="urn:b" attr = 'single "quoted"' xmlns:c="urn:c"><c:x/><e2 xmlns=""><e3 xmlns=""/><e4 xmlns="urn:one" b:q="1"/></e2></b:e1>
           <!-- in & out -->text &amp; &lt; &gt; &#13; <![CDATA[<raw> & "x"]]>
           <名 性="值">计量 𝛼 ﷐</名><e5 xmlns:b="urn:other"><b:y xmlns:b="urn:b"/></e5><?pi?><?pi data & <x> ?>
        </e0>
        <!-- after --><?end?>
        """;

    public static TheoryData<CanonicalMethod, bool> Forms => new(from method in Enum.GetValues<CanonicalMethod>() from comments in (bool[])[false, true] select (method, comments));

    [Theory, MemberData(nameof(Forms))]
    public void A_document_has_the_canonical_form_that_the_framework_gives_it(CanonicalMethod method, bool comments)
    {
        var file = Encoding.UTF8.GetBytes(Awkward.Replace("﷐", ""));
        var form = new CanonicalForm(method, comments);
        Assert.Equal(Encoding.UTF8.GetString(Peer.Canonical(file, form)), Ours(file, -1, form));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Every_shared_certificate_has_the_canonical_form_that_the_framework_gives_it(CanonicalMethod method, bool comments)
    {
        var form = new CanonicalForm(method, comments);
        var files = Directory.GetFiles(Shared.Find("samples"), "*.xml", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files.Select(File.ReadAllBytes))
            Assert.Equal(Encoding.UTF8.GetString(Peer.Canonical(file, form)), Ours(file, -1, form));
    }

    [Theory]
    [InlineData("--c14n", CanonicalMethod.Inclusive10)]
    [InlineData("--c14n11", CanonicalMethod.Inclusive11)]
    [InlineData("--exc-c14n", CanonicalMethod.Exclusive)]
    public void Xmllint_gives_the_same_form(string option, CanonicalMethod method)
    {
        using var scratch = new Scratch();
        var file = Encoding.UTF8.GetBytes(Awkward.Replace("﷐", ""));
        Assert.Equal(Tools.Run("xmllint", option, scratch.Write("awkward.xml", file)).Said, Ours(file, -1, new(method, WithComments: true)));
    }

    [Fact]
    public void The_apex_of_a_subtree_takes_over_what_its_omitted_ancestors_say()
    {
        var file = """<r xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q" xml:lang="zh" xml:base="http://x.cn/a/" xml:id="i"><m xml:base="b/../c/" xml:space="preserve"><p:t xml:base="d" p:a="1" xmlns:q="urn:q2"/></m></r>"""u8.ToArray();
        string Of(CanonicalForm form) => Ours(file, 2, form);
        Assert.Equal("""<p:t xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q2" xml:base="d" xml:id="i" xml:lang="zh" xml:space="preserve" p:a="1"></p:t>""", Of(new(CanonicalMethod.Inclusive10)));
        Assert.Equal("""<p:t xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q2" xml:base="http://x.cn/a/c/d" xml:lang="zh" xml:space="preserve" p:a="1"></p:t>""", Of(new(CanonicalMethod.Inclusive11)));
        Assert.Equal("""<p:t xmlns:p="urn:p" xml:base="d" p:a="1"></p:t>""", Of(new(CanonicalMethod.Exclusive)));
        Assert.Equal("""<p:t xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q2" xml:base="d" p:a="1"></p:t>""", Of(new(CanonicalMethod.Exclusive) { InclusivePrefixes = ["q", "#default", "none"] }));
    }

    [Fact]
    public void A_subtree_that_leaves_the_default_namespace_says_so_where_it_is_used_only()
    {
        var file = """<r xmlns="urn:d" xmlns:p="urn:p"><p:m xmlns=""><n/></p:m></r>"""u8.ToArray();
        Assert.Equal("""<p:m xmlns:p="urn:p"><n></n></p:m>""", Ours(file, 1, new(CanonicalMethod.Inclusive10)));
        Assert.Equal("""<r xmlns="urn:d"><p:m xmlns:p="urn:p"><n xmlns=""></n></p:m></r>""", Ours(file, -1, new(CanonicalMethod.Exclusive)));
    }

    [Theory]
    [InlineData("http://a/b/c/d", "../g", "http://a/b/g")]
    [InlineData("http://a/b/c/d", "../../../g", "http://a/g")]
    [InlineData("http://a/b/c/d?q", "?y", "http://a/b/c/d?y")]
    [InlineData("http://a/b/c/d", "//g", "http://g")]
    [InlineData("a/b", "../../../c", "../../c")]
    [InlineData("../x/", "../../y", "../../y")]
    [InlineData("http://a", "g", "http://a/g")]
    [InlineData("a/..", "b", "b")]
    [InlineData("a//b/", "./c/.", "a/b/c/")]
    [InlineData("http://a/b", "", "http://a/b")]
    public void References_are_joined_as_Canonical_XML_1_1_asks(string outer, string inner, string joined) => Assert.Equal(joined, XmlBase.Join(outer, inner));

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")]
    [InlineData("<!DOCTYPE a><a/>")]
    [InlineData("<a><b></a>")]
    [InlineData("<a/><b/>")]
    [InlineData("")]
    public void A_file_with_a_DTD_or_that_is_no_XML_is_not_read(string text) => Assert.Throws<XmlFormException>(() => XmlTape.Read(Encoding.UTF8.GetBytes(text), XmlLimits.Default));

    [Fact]
    public void Files_beyond_the_limits_are_not_read()
    {
        var deep = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 300)) + string.Concat(Enumerable.Repeat("</a>", 300)));
        Assert.Contains("256", Assert.Throws<XmlFormException>(() => XmlTape.Read(deep, XmlLimits.Default)).Message, StringComparison.Ordinal);
        Assert.Throws<XmlFormException>(() => XmlTape.Read(deep, new(MaxBytes: 100)));
        Assert.Throws<XmlFormException>(() => XmlTape.Read(deep, new(MaxDepth: 1000, MaxNodes: 200)));
    }

    private static string Ours(byte[] file, int apex, CanonicalForm form) => Encoding.UTF8.GetString(Canonicalizer.Bytes(XmlTape.Read(file, XmlLimits.Default), apex, form));
}
