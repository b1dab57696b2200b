using System.Globalization;

namespace Billing.Lambda.Settings;

/// <summary>The settings of a function: environment variables, checked when it starts. Messages name the variable, and never a secret: there is none among them.</summary>
internal sealed class FunctionSettings(Func<string, string?> variable)
{
    /// <summary>A variable that must be set.</summary>
    /// <exception cref="BillingConfigurationException">It is not.</exception>
    public string Required(string name, string meaning) => Optional(name) ?? throw new BillingConfigurationException($"The variable {name} is not set. Set it to {meaning}.");

    /// <summary>A variable, or null where it is not set or blank.</summary>
    public string? Optional(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>A variable, or its default.</summary>
    public string Text(string name, string otherwise) => Optional(name) ?? otherwise;

    /// <summary><c>true</c> or <c>false</c>; false where it is not set.</summary>
    /// <exception cref="BillingConfigurationException">It is neither.</exception>
    public bool Flag(string name) => Optional(name) is not { } text ? false
        : bool.TryParse(text, out bool value) ? value
        : throw Wrong(name, text, "true or false");

    /// <summary>A whole number within bounds.</summary>
    /// <exception cref="BillingConfigurationException">It is none.</exception>
    public int Number(string name, int otherwise, int least, int most) => Optional(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? value
        : throw Wrong(name, text, FormattableString.Invariant($"a whole number from {least} to {most}"));

    /// <summary><c>BILLING_TIME_ZONE</c>: the one time zone whose days and months count, an IANA name; UTC where it is not set.</summary>
    /// <exception cref="BillingConfigurationException">It is none, or stands under the name that it had before.</exception>
    public TimeZoneInfo TimeZone()
    {
        const string Name = "BILLING_TIME_ZONE";
        const string FormerName = "REPORT_TIME_ZONE";
        if (Optional(FormerName) is { } former)
        {
            throw new BillingConfigurationException($"The variable {FormerName} is '{former}', and is read no more. Set {Name} to it, for all functions.");
        }

        string id = Text(Name, "UTC");
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : throw Wrong(Name, id, "an IANA time zone, such as Pacific/Auckland");
    }

    /// <summary>What another part makes of a variable; its errors are told with the name of the variable.</summary>
    /// <exception cref="BillingConfigurationException">It cannot be used.</exception>
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

    /// <summary>What is read from a file that a variable names: absolute, or beside this program. Null where the variable is not set.</summary>
    /// <exception cref="BillingConfigurationException">It cannot be used.</exception>
    public T? File<T>(string name, Func<string, T> load)
        where T : class => Optional(name) is null ? null : Parsed(name, "", path => load(Path.Combine(AppContext.BaseDirectory, path)));

    private static BillingConfigurationException Wrong(string name, string text, string use) => new($"The variable {name} is '{text}'. Use {use}.");
}
