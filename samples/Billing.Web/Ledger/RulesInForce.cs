using System.Text;
using Billing.Web.Settings;

namespace Billing.Web.Ledger;

/// <summary>The rules of what comes. They are a file, so that they outlive the host and can be edited by hand while it does not run.</summary>
internal sealed class RulesInForce
{
    /// <summary>The text of no rules.</summary>
    public const string None = "{ \"rules\": [] }";

    private readonly string _path;
    private readonly Lock _lock = new();

    public RulesInForce(WebSettings settings)
    {
        _path = settings.RulesFile;
        Current = File.Exists(_path) ? new RulesText(File.ReadAllText(_path), CategoryRules.Load(_path)) : new RulesText(None, null);
    }

    public RulesText Current { get; private set; }

    /// <summary>Makes other rules those in force.</summary>
    /// <returns>Whether nobody else changed them since.</returns>
    /// <exception cref="BillingConfigurationException">The rules are wrong.</exception>
    public bool TryReplace(string version, string text)
    {
        CategoryRules rules = CategoryRules.Parse(text);
        lock (_lock)
        {
            if (Current.Version != version)
            {
                return false;
            }

            // Whole or not at all.
            string part = _path + ".part";
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(part, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(part, _path, overwrite: true);
            Current = new RulesText(text, rules);
            return true;
        }
    }
}
