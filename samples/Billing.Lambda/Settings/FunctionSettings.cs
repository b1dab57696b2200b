using System.Globalization;

namespace Billing.Lambda.Settings;

/// <summary>The settings of a function: environment variables, validated when it starts. Messages name the variable and show its value; no variable holds a secret.</summary>
internal sealed class FunctionSettings(Func<string, string?> variable)
{
    /// <summary>Returns a required variable.</summary>
    /// <exception cref="BillingConfigurationException">The variable is not set.</exception>
    public string Required(string name, string meaning) => Optional(name) ?? throw new BillingConfigurationException($"The variable {name} is not set. Set it to {meaning}.");

    /// <summary>Returns a variable, or null if it is not set or blank.</summary>
    public string? Optional(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Returns a variable, or its default.</summary>
    public string Text(string name, string otherwise) => Optional(name) ?? otherwise;

    /// <summary>Returns <c>true</c> or <c>false</c>; false if the variable is not set.</summary>
    /// <exception cref="BillingConfigurationException">The variable is neither.</exception>
    public bool Flag(string name) => Optional(name) is not { } text ? false
        : bool.TryParse(text, out bool value) ? value
        : throw Wrong(name, text, "true or false");

    /// <summary>Returns an integer within limits.</summary>
    /// <exception cref="BillingConfigurationException">The variable is not an integer within the limits.</exception>
    public int Number(string name, int otherwise, int least, int most) => Optional(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value
        : throw Wrong(name, text, FormattableString.Invariant($"a whole number from {least} to {most}"));

    /// <summary>Returns <c>BILLING_TIME_ZONE</c>: the one time zone that decides days and months, an IANA name; UTC if the variable is not set.</summary>
    /// <exception cref="BillingConfigurationException">The variable is not a time zone, or is set under its former name.</exception>
    public TimeZoneInfo TimeZone()
    {
        const string Name = "BILLING_TIME_ZONE";
        const string FormerName = "REPORT_TIME_ZONE";
        if (Optional(FormerName) is { } former)
        {
            throw new BillingConfigurationException($"The variable {FormerName} is '{former}', but is no longer used. Set {Name} to this value, for all functions.");
        }

        string id = Text(Name, "UTC");
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : throw Wrong(Name, id, "an IANA time zone, such as Pacific/Auckland");
    }

    /// <summary>Returns a variable as another part parses it; errors name the variable.</summary>
    /// <exception cref="BillingConfigurationException">The setting cannot be used.</exception>
    public T Parsed<T>(string name, string otherwise, Func<string, T> parse)
    {
        string text = Text(name, otherwise);
        try
        {
            return parse(text);
        }
        catch (Exception e) when (e is BillingConfigurationException or FormatException or ArgumentException)
        {
            throw new BillingConfigurationException($"The variable {name} is '{text}', which cannot be used. {e.Message}", e);
        }
    }

    /// <summary>Returns what is read from the file that a variable names: an absolute path, or one relative to this program. Null if the variable is not set.</summary>
    /// <exception cref="BillingConfigurationException">The setting cannot be used.</exception>
    public T? File<T>(string name, Func<string, T> load)
        where T : class => Optional(name) is null ? null : Parsed(name, "", path => load(Path.Combine(AppContext.BaseDirectory, path)));

    private static BillingConfigurationException Wrong(string name, string text, string use) => new($"The variable {name} is '{text}'. Use {use}.");
}
