using System.Security.Cryptography;
using System.Text;

namespace Billing.Web.Ledger;

/// <summary>Rules with their text; no rules where there is no file.</summary>
internal sealed record RulesText(string Text, CategoryRules? Rules)
{
    public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..32];
}
