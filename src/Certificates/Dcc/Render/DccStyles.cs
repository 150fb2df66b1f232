namespace Plumbline.Certificates;

/// <summary>How certificates look, on screen and on A4.</summary>
internal static class DccStyles
{
    /// <summary>For a page of its own: paper size and margins, the sheet on the screen.</summary>
    public const string Page = """
        @page { size: A4; margin: 18mm 18mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555 } }
        body { margin: 0; background: #fff; color: #000; font: 10pt/1.6 "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; font-variant-numeric: tabular-nums lining-nums; overflow-wrap: break-word; print-color-adjust: exact }
        @media screen { body { background: #eceef1; padding: 8mm 4mm } .dcc { max-width: 174mm; margin: 0 auto; background: #fff; padding: 14mm 16mm; box-shadow: 0 1px 6px rgb(0 0 0 / .18) } }
        @media screen and (max-width: 640px) { body { padding: 0 } .dcc { padding: 5mm 4mm; box-shadow: none } }
        """;

    /// <summary>The certificate itself.</summary>
    public const string Text = """

        .dcc { --ink: #16324f; --line: #9aa7b4; --dim: #4a5560; color: #111 }
        .dcc .dim { color: var(--dim) } .dcc .wrap, .dcc code { overflow-wrap: anywhere }
        .dcc p { margin: 0 0 2mm }
        .dcc .face { position: relative; box-sizing: border-box; display: flex; flex-direction: column; border: 1.6pt solid var(--ink); outline: .5pt solid var(--ink); outline-offset: -2.2mm; padding: 13mm 12mm 6mm }
        @media print { .dcc .face { min-height: 243mm; page: cover; break-after: page } }
        .dcc .notice { border: 1.2pt solid #8a1c1c; color: #8a1c1c; font-weight: 700; text-align: center; padding: 2mm; margin: 0 0 6mm }
        .dcc .issuer { font-size: 15pt; line-height: 1.35; font-weight: 700; color: var(--ink); text-align: center; margin: 0; letter-spacing: .06em }
        .dcc .issuer:lang(en) { letter-spacing: 0 }
        .dcc .issuer-other { text-align: center; color: var(--dim); font-size: 10pt; margin: 0 }
        .dcc h1 { font-size: 25pt; line-height: 1.25; text-align: center; color: var(--ink); margin: 7mm 0 0; text-wrap: balance }
        .dcc h1.short { letter-spacing: .32em; text-indent: .32em }
        .dcc .title-other { text-align: center; font-size: 12pt; color: var(--dim); margin: 1mm 0 0 }
        .dcc .number { text-align: center; margin: 4mm 0 0 } .dcc .number span { color: var(--dim) } .dcc .number b { font-size: 11.5pt; letter-spacing: .03em }
        .dcc .replaces { text-align: center; margin: 1mm 0 0; font-size: 9pt }
        .dcc .face > .facts { margin: 7mm 0 1mm; line-height: 1.45 }
        .dcc .facts { display: block; margin: 0 0 3mm }
        .dcc .facts > div { display: grid; grid-template-columns: 34mm 1fr; gap: 4mm; align-items: baseline }
        .dcc .facts dt { color: var(--dim); margin: 0 } .dcc .facts dd { margin: 0; min-width: 0 }
        .dcc .facts dd p { margin: 0 }
        .dcc .face > .facts dd { border-bottom: .5pt solid var(--line); padding: .9mm 0 .5mm }
        .dcc .facts.plain > div { border-bottom: .3pt solid #ccd3da; padding: .7mm 0; break-inside: avoid }
        .dcc .conclusion { display: grid; grid-template-columns: 34mm 1fr; gap: 4mm; align-items: baseline; margin: 1.5mm 0; font-size: 11.5pt } .dcc .conclusion > span { color: var(--dim); font-size: 10pt } .dcc .conclusion > div { font-weight: 700; border-bottom: .5pt solid var(--line); padding-bottom: .7mm } .dcc .conclusion p { display: inline; margin: 0 }
        .dcc .verdict { white-space: nowrap; font-weight: 700 }
        .dcc .verdict::before { content: "✓\00a0" } .dcc .verdict.fail::before { content: "✗\00a0" } .dcc .verdict.perhaps::before { content: "○\00a0" }
        .dcc .verdict.pass { color: #135e35 } .dcc .verdict.fail { color: #9b1c1c } .dcc .verdict.perhaps { color: #7a4b00 }
        .dcc .signing { display: flex; flex-wrap: wrap; gap: 4mm 8mm; align-items: flex-start; margin: auto 0 0; padding-top: 5mm; line-height: 1.45 }
        .dcc .signing dl { display: block; margin: 0; flex: 1 1 44mm } .dcc .signing dl > div { display: grid; grid-template-columns: max-content 1fr; gap: 3mm; align-items: baseline }
        .dcc .signing dt { color: var(--dim) } .dcc .signing dd { margin: 0; border-bottom: .5pt solid var(--line); padding: 1.2mm 0 .5mm; min-width: 0 }
        .dcc .seal { margin: 0; width: 30mm; flex: none } .dcc .seal svg { display: block; width: 30mm; height: 30mm } .dcc .seal figcaption { font-size: 7pt; line-height: 1.35; font-weight: 400; color: var(--dim); margin: 1mm 0 0; text-align: center }
        .dcc .face footer { margin: 5mm 0 0; border-top: .5pt solid var(--line); padding-top: 1.5mm; font-size: 7.5pt; line-height: 1.45; color: var(--dim); text-align: center } .dcc .face footer p { margin: 0 0 .6mm }
        .dcc .inner { padding-top: 6mm } @media print { .dcc .inner { padding-top: 0 } }
        .dcc h2 { font-size: 12pt; line-height: 1.35; color: var(--ink); border-bottom: .8pt solid var(--ink); padding-bottom: .6mm; margin: 7mm 0 2.5mm }
        .dcc .inner > h2:first-child, .dcc .inner > section:first-child > h2 { margin-top: 0 }
        .dcc h3 { font-size: 10.5pt; line-height: 1.4; color: var(--ink); margin: 4.5mm 0 1.5mm } .dcc :is(h4, h5, h6) { font-size: 9.5pt; line-height: 1.4; margin: 3.5mm 0 1mm }
        .dcc :is(h2, h3, h4, h5, h6) { break-after: avoid }
        .dcc table { display: table; width: 100%; border-collapse: collapse; margin: 1.5mm 0 4mm; font-size: 8.8pt; line-height: 1.4; border: 0; border-top: 1pt solid var(--ink); border-bottom: 1pt solid var(--ink) }
        .dcc table.keep { break-inside: avoid } .dcc table.small { font-size: 7.8pt } .dcc table.small :is(th, td) { padding: .8mm 1.1mm }
        .dcc thead { display: table-header-group; border-bottom: .6pt solid var(--ink) } .dcc tr { break-inside: avoid }
        .dcc :is(th, td) { padding: .9mm 1.8mm; text-align: left; vertical-align: top } .dcc th { font-weight: 700; vertical-align: bottom }
        .dcc tbody tr + tr { border-top: .3pt solid #ccd3da } .dcc :is(th, td).num { text-align: right } .dcc th.num { white-space: normal } .dcc td.num { white-space: nowrap } .dcc .unit { white-space: nowrap; font-weight: 400 }
        .dcc ul { margin: 0 0 3mm; padding-left: 5mm } .dcc img { max-width: 100%; height: auto }
        .dcc code { font-family: inherit } .dcc code.formula { font-family: monospace; font-size: .92em; background: #f3f5f7; padding: .2mm 1mm }
        .dcc .remark { font-size: 8.8pt; margin: 0 0 2mm } .dcc .remark > div { display: inline }
        @media screen { .dcc div:has(> table) { overflow-x: auto } }
        @media screen and (max-width: 640px) { .dcc .face { padding: 8mm 5mm 4mm } .dcc .facts > div, .dcc .conclusion { grid-template-columns: 25mm 1fr; gap: 2mm } .dcc h1 { font-size: 20pt } .dcc h1.short { letter-spacing: .12em; text-indent: .12em } }
        """;
}
