using System.CommandLine.Parsing;

namespace Billing.Console.Arguments;

/// <summary>What <c>--drift</c> states.</summary>
internal static class DriftArgument
{
    public static DriftPolicy? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        switch (text)
        {
            case "off":
                return DriftPolicy.Ignore;
            case "warn":
                return DriftPolicy.Warn;
            case "stop":
                return DriftPolicy.Stop;
            case "accept":
                return DriftPolicy.Accept;
            default:
                result.AddError($"--drift: '{text}' is not a policy. Use off, warn, stop or accept.");
                return null;
        }
    }
}
