using System.Net;
using System.Text;

namespace Billing.Pages;

/// <summary>Writes the elements of a page. Every text is escaped here.</summary>
internal sealed class PageWriter(TextWriter writer)
{
    private const string Style = """
        body { font: 14px/1.4 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
        h1 { font-size: 1.6rem; } p { margin: .2rem 0; overflow-wrap: anywhere; }
        table { border-collapse: collapse; margin-top: 1.5rem; width: 100%; }
        caption { text-align: left; font-weight: 600; font-size: 1.1rem; padding: .3rem 0; }
        th, td { padding: .25rem .5rem; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top; overflow-wrap: anywhere; font-weight: 400; }
        thead th, tfoot th, tfoot td { font-weight: 600; }
        .n { text-align: right; font-variant-numeric: tabular-nums; }
        @media print { body { margin: 0; max-width: none; font-size: 10px; } thead { display: table-header-group; } tr { break-inside: avoid; } }
        """;

    public void Begin(string title)
    {
        Line("<!DOCTYPE html>");
        Line("<html lang=\"en\">");
        Line("<head>");
        Line("<meta charset=\"utf-8\">");
        Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        Line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        Line($"<title>{Escaped(title)}</title>");
        Line($"<style>\n{Style.ReplaceLineEndings("\n")}\n</style>");
        Line("</head>");
        Line("<body>");
        Line($"<h1>{Escaped(title)}</h1>");
    }

    public void End()
    {
        Line("</body>");
        Line("</html>");
    }

    public void Paragraph(string text) => Line($"<p>{Escaped(text)}</p>");

    /// <param name="caption">The title of the table.</param>
    /// <param name="texts">The headings of columns of text, the first of which names a row.</param>
    /// <param name="numbers">The headings of columns of numbers.</param>
    public void BeginTable(string caption, IReadOnlyList<string> texts, IReadOnlyList<string> numbers)
    {
        Line("<table>");
        Line($"<caption>{Escaped(caption)}</caption>");
        Line($"<thead><tr>{string.Concat(texts.Select(text => Heading(text, "")))}{string.Concat(numbers.Select(number => Heading(number, " class=\"n\"")))}</tr></thead>");
        Line("<tbody>");
    }

    public void Row(IReadOnlyList<string> texts, IReadOnlyList<string> numbers)
    {
        StringBuilder row = new("<tr>");
        for (int i = 0; i < texts.Count; i++)
        {
            row.Append(i == 0 ? "<th scope=\"row\">" : "<td>").Append(Escaped(texts[i])).Append(i == 0 ? "</th>" : "</td>");
        }

        foreach (string number in numbers)
        {
            row.Append("<td class=\"n\">").Append(Escaped(number)).Append("</td>");
        }

        Line(row.Append("</tr>").ToString());
    }

    public void EndTable()
    {
        Line("</tbody>");
        Line("</table>");
    }

    /// <summary>Ends a table with a row of totals.</summary>
    public void EndTable(IReadOnlyList<string> texts, IReadOnlyList<string> numbers)
    {
        Line("</tbody>");
        Line("<tfoot>");
        Row(texts, numbers);
        Line("</tfoot>");
        Line("</table>");
    }

    // A column without a heading, such as that of a currency, is no heading.
    private static string Heading(string text, string attributes) => text.Length == 0 ? $"<td{attributes}></td>" : $"<th scope=\"col\"{attributes}>{Escaped(text)}</th>";

    // What a page may not have, such as U+0000, stands as U+FFFD.
    private static string Escaped(string text)
    {
        string escaped = WebUtility.HtmlEncode(text);
        return escaped.AsSpan().ContainsAnyInRange('\0', '\u001F')
            ? string.Concat(escaped.Select(c => c < ' ' && c is not ('\t' or '\n' or '\r') ? '\uFFFD' : c))
            : escaped;
    }

    private void Line(string line)
    {
        writer.Write(line);
        writer.Write('\n');
    }
}
