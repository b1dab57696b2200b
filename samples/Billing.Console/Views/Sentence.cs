using System.Text;
using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>A line of text that breaks between words where the terminal is narrow; what follows is indented.</summary>
internal static class Sentence
{
    public static void Write(IAnsiConsole console, string text, Style? style = null, int indent = 0)
    {
        int width = Math.Max(console.Profile.Width, indent + 12);
        string lead = new(' ', indent);
        StringBuilder line = new(lead);
        int used = indent;
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

        console.WriteLine(line.ToString().TrimEnd(), style ?? Style.Plain);

        void Flush()
        {
            console.WriteLine(line.ToString().TrimEnd(), style ?? Style.Plain);
            line.Clear().Append(lead);
            used = lead.Length;
            isEmpty = true;
        }
    }
}
