using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Currencies;

/// <summary>Writes and reads the rates that a run keeps.</summary>
internal static class KeptRates
{
    private const string Ecb = "ecb:";

    /// <summary>Returns the address of an ECB file: the file is too large to keep, so its SHA-256 is kept.</summary>
    public static string OfEcb(string sha256, int days, string path) => string.Create(CultureInfo.InvariantCulture, $"{Ecb}{sha256}:{days}:{path}");

    /// <summary>Restores the rates of a run.</summary>
    /// <exception cref="BillingConfigurationException">They come from a file that no longer exists or has changed.</exception>
    public static IExchangeRates Restore(string rates, string runId) => Restore(rates, $"run {runId}", "Give the rates for the replay, such as --rates ecb:FILE (UseExchangeRates in code)");

    /// <summary>Restores rates that were kept.</summary>
    /// <param name="rates">The rates, as they were kept.</param>
    /// <param name="user">What used them, such as: run 7.</param>
    /// <param name="remedy">What to do where their file is not there any more.</param>
    /// <exception cref="BillingConfigurationException">They come from a file that no longer exists or has changed.</exception>
    public static IExchangeRates Restore(string rates, string user, string remedy)
    {
        if (!rates.StartsWith(Ecb, StringComparison.Ordinal))
        {
            return FixedRates.FromTable(FixedRatesCsv.Read(Encoding.UTF8.GetBytes(rates), $"the rates of {user}"));
        }

        string[] parts = rates[Ecb.Length..].Split(':', 3);
        string path = parts[2];
        if (!File.Exists(path) || Sha256Of(File.ReadAllBytes(path)) != parts[0])
        {
            throw new BillingConfigurationException($"{char.ToUpperInvariant(user[0])}{user[1..]} used the rates of the file '{path}', which {(File.Exists(path) ? "has changed since" : "no longer exists")}. {remedy}.");
        }

        return EcbRates.Load(path, TimeSpan.FromDays(int.Parse(parts[1], CultureInfo.InvariantCulture)));
    }

    public static string Sha256Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
