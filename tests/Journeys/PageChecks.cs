namespace Plumbline.Journeys;

/// <summary>What every page must hold to and a machine can see: asked of the page itself, in its own window. Each answers with what is wrong, in words.</summary>
internal static class PageChecks
{
    /// <summary>UI.md's budget for markup, styles, scripts and pictures of a page together, as they come over the wire.</summary>
    public const int MostBytes = 60 * 1024;

    /// <summary>WCAG 2.2 AA and best practice.</summary>
    public const string Axe = """
        async () => (await axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } }))
          .violations.flatMap(v => v.nodes.map(n => `axe ${v.id}: ${v.help}: ${n.html}`))
        """;

    /// <summary>The innermost elements that stick out of the window on the right and that nothing around them scrolls or clips; none when the page fits.</summary>
    public const string Width = """
        () => {
          const [room, needed] = [document.documentElement.clientWidth, document.documentElement.scrollWidth];
          if (needed <= room) return [];
          const held = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
          const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > room + 0.5 && !held(e));
          const innermost = out.filter(e => !out.some(o => o !== e && e.contains(o)));
          const name = e => `<${e.tagName.toLowerCase()}${e.id ? ' #' + e.id : ''}${e.getAttribute('class') ? ' .' + e.getAttribute('class').trim().replaceAll(' ', '.') : ''}> to ${Math.round(e.getBoundingClientRect().right)} px in <${e.parentElement.tagName.toLowerCase()} .${e.parentElement.getAttribute('class') ?? ''}>: ${e.textContent.trim().slice(0, 40)}`;
          return [`the page is ${needed} px wide in a window of ${room} px: ${innermost.slice(0, 5).map(name).join(' | ') || 'nothing sticks out by itself'}`];
        }
        """;

    /// <summary>
    /// Text that is not in the reader's language and does not say so with <c>lang</c>; names of code, which are nobody's language.
    /// A Chinese page may hold Latin words and symbols, but no run of four English words.
    /// </summary>
    public const string Language = """
        () => {
          const english = document.documentElement.lang === 'en';
          const [han, sentence] = [/[\u2e80-\u2fff\u3001-\u303f\u3400-\u9fff\uff01-\uffef]/, /[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){3,}/];
          const [code, key] = [/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/, /(?<![\w@.\/-])[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*(?![\w@.\/-])/];
          const faults = new Set();
          const [unspoken, names] = ['code, pre, textarea', /DerSimonian|PowerShell|OpenID/g];
          const judge = (text, element, where) => {
            if (element.closest(unspoken)) return;
            text = text.replace(names, 'Name');
            const lang = element.closest('[lang]').lang;
            const short = text.trim().replace(/\s+/g, ' ').slice(0, 60);
            if (lang === 'en' ? han.test(text) : sentence.test(text) && !han.test(text)) faults.add(`${lang === 'en' ? 'Chinese' : 'English'} text in lang=${lang}${where}: “${short}” in <${element.tagName.toLowerCase()} .${element.getAttribute('class') ?? ''}>`);
            if (!element.closest('.mono') && (code.test(text) || key.test(text))) faults.add(`a name out of the program${where}: “${short}”`);
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const [text, element] = [walker.currentNode.data, walker.currentNode.parentElement];
            if (text.trim() && !['SCRIPT', 'STYLE'].includes(element.tagName)) judge(text, element, '');
          }
          return [...faults];
        }
        """;

    /// <summary>Bytes over the wire of the page and of what it brings: styles, scripts, pictures.</summary>
    public const string Weight = """
        () => performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource').filter(r => ['link', 'script', 'img', 'css', 'other'].includes(r.initiatorType))).map(r => r.encodedBodySize).reduce((a, b) => a + b, 0)
        """;
}
