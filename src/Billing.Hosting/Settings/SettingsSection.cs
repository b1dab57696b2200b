using Microsoft.Extensions.Configuration;

namespace Billing.Hosting.Settings;

/// <summary>Reads a section of the settings so that nothing in it is passed over.</summary>
internal static class SettingsSection
{
    /// <summary>Refuses keys that nobody reads: a misspelt one would leave its default in place, unseen.</summary>
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
                throw new BillingConfigurationException($"{child.Path} is no setting. Use {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>A setting that must be there.</summary>
    /// <exception cref="BillingConfigurationException">It is not, or is blank.</exception>
    public static string Required(IConfiguration section, string key, string example) =>
        section[key] is { } value && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new BillingConfigurationException($"{PathOf(section, key)} is not set. Use {example}.");

    /// <summary>Binds a section; what cannot be read as what it must be is told with its key.</summary>
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

    /// <summary>What messages call a key of a section.</summary>
    public static string PathOf(IConfiguration section, string key) =>
        section is IConfigurationSection { Path.Length: > 0 } named ? ConfigurationPath.Combine(named.Path, key) : key;
}
