using System.Globalization;

namespace Billing.Simulation.Tests;

/// <summary>How much is run, and from which seed: that of the suite, unless the environment says otherwise.</summary>
internal static class NightlySettings
{
    /// <summary>The number of schedules.</summary>
    public static int Schedules => Read("BILLING_SIMULATIONS", 500);

    /// <summary>The number of inputs for each reader.</summary>
    public static int Inputs => Read("BILLING_FUZZ_INPUTS", 400);

    /// <summary>The first seed.</summary>
    public static int FirstSeed => Read("BILLING_FIRST_SEED", 0);

    private static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
