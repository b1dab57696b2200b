using System.Text;
using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>A line of text that breaks between words where the terminal is narrow; what follows is indented.</summary>
internal static class Sentence
{
    public static void Write(IAnsiConsole console, string text, Style? style = null, int indent = 0)
    {
        foreach (string line in Lines(text, indent, console.Profile.Width))
        {
            console.WriteLine(new string(' ', line.Length > 0 ? indent : 0) + line, style ?? Style.Plain);
        }
    }

    /// <summary>The same behind a lead in a style of its own, such as the name of a field.</summary>
    public static void Write(IAnsiConsole console, string text, string lead, Style leadStyle)
    {
        bool isFirst = true;
        int indent = lead.GetCellWidth();
        foreach (string line in Lines(text, indent, console.Profile.Width))
        {
            console.Write(isFirst ? lead : new string(' ', indent), leadStyle);
            console.WriteLine(line);
            isFirst = false;
        }
    }

    private static List<string> Lines(string text, int indent, int terminalWidth)
    {
        // However narrow the terminal, some of the text stands on every line.
        int width = Math.Max(terminalWidth - indent, 12);
        List<string> lines = [];
        StringBuilder line = new();
        int used = 0;
        bool isEmpty = true;
        foreach (string word in Printable.Of(text).Split(' '))
        {
            string rest = word;
            if (!isEmpty && used + 1 + rest.GetCellWidth() > width)
            {
                Flush();
            }

            if (!isEmpty)
            {
                line.Append(' ');
                used++;
            }

            while (used + rest.GetCellWidth() > width)
            {
                // A word longer than a line, such as a key, breaks where it must.
                int take = Math.Max(1, Math.Min(rest.Length, width - used));
                while (take > 1 && rest[..take].GetCellWidth() > width - used)
                {
                    take--;
                }

                line.Append(rest.AsSpan(0, take));
                rest = rest[take..];
                Flush();
            }

            line.Append(rest);
            used += rest.GetCellWidth();
            isEmpty = false;
        }

        Flush();
        return lines;

        void Flush()
        {
            lines.Add(line.ToString().TrimEnd());
            line.Clear();
            used = 0;
            isEmpty = true;
        }
    }
}
