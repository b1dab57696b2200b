using System.Globalization;

namespace Billing.Console.Generation;

/// <summary>Messages to make, and what a pipeline should know of them.</summary>
/// <param name="Kind">What they are, in the plural.</param>
/// <param name="Layout">Which member is what, and the identity.</param>
/// <param name="Seed">What they derive from.</param>
/// <param name="Messages">The messages, the same whenever they are gone through.</param>
internal sealed record GeneratedMessages(string Kind, SourceLayout Layout, ulong Seed, IEnumerable<string> Messages)
{
    /// <summary>When the first one claims to be made: fixed, so that the same seed gives the same bytes.</summary>
    public static DateTimeOffset Start { get; } = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What records say of where they came from.</summary>
    public string SourceName => string.Create(CultureInfo.InvariantCulture, $"{Kind} of seed {Seed}");
}
