using Microsoft.Extensions.Configuration;

namespace Billing.Hosting.Settings;

/// <summary>Reads a section of the settings and ignores nothing in it.</summary>
internal static class SettingsSection
{
    /// <summary>Refuses unknown keys: a misspelt one would silently leave its default in place.</summary>
    /// <exception cref="BillingConfigurationException">There is one.</exception>
    public static void Check(IConfiguration section, params ReadOnlySpan<string> known)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            bool isKnown = false;
            foreach (string key in known)
            {
                isKnown |= string.Equals(key, child.Key, StringComparison.OrdinalIgnoreCase);
            }

            if (!isKnown)
            {
                throw new BillingConfigurationException($"{child.Path} is not a setting. Use {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>Returns a required setting.</summary>
    /// <exception cref="BillingConfigurationException">The setting is missing or blank.</exception>
    public static string Required(IConfiguration section, string key, string example) =>
        section[key] is { } value && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new BillingConfigurationException($"{PathOf(section, key)} is not set. Use {example}.");

    /// <summary>Binds a section; the error for a value that cannot be read names its key.</summary>
    /// <exception cref="BillingConfigurationException">A value cannot be read.</exception>
    public static void Bind(Action bind)
    {
        try
        {
            bind();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new BillingConfigurationException($"{unreadable.Message} Correct that setting.", unreadable);
        }
    }

    /// <summary>Returns the name of a key of a section in messages.</summary>
    public static string PathOf(IConfiguration section, string key) =>
        section is IConfigurationSection { Path.Length: > 0 } named ? ConfigurationPath.Combine(named.Path, key) : key;
}
