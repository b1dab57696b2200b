using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>Names and values below each other; blank values are left out.</summary>
internal sealed class Fields
{
    private const int LongestName = 24;

    private readonly List<(string Name, string Value)> _fields = [];

    public void Add(string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            _fields.Add((Shortening.Middle(Printable.Of(name), LongestName), value));
        }
    }

    public void WriteTo(IAnsiConsole console)
    {
        int width = _fields.Count == 0 ? 0 : _fields.Max(field => field.Name.GetCellWidth());
        foreach ((string name, string value) in _fields)
        {
            string lead = "  " + name + new string(' ', width - name.GetCellWidth() + 2);
            Sentence.Write(console, value, lead, Styles.Quiet);
        }
    }
}
