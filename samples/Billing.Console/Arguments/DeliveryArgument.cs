using System.CommandLine;

namespace Billing.Console.Arguments;

/// <summary>What <c>--replaces</c> states: the period that a file is the whole of.</summary>
internal static class DeliveryArgument
{
    /// <summary>The delivery, or null where a file adds to what is stored.</summary>
    /// <exception cref="UsageException">It is not complete, or there is more than one file.</exception>
    public static Delivery? Read(ParseResult parse, CommandOptions options, int files)
    {
        string? version = parse.GetValue(options.DeliveryVersion);
        if (parse.GetValue(options.Replaces) is not { } period)
        {
            return version is null ? null : throw new UsageException("--version is that of a delivery that replaces. Use it with --replaces, or leave it out.");
        }

        (DateOnly from, DateOnly to) = PeriodArgument.Parse("--replaces", period);
        string scope = parse.GetValue(options.Scope) is { } name && !string.IsNullOrWhiteSpace(name)
            ? name
            : throw new UsageException("--replaces needs --scope: whose records the file is the whole of, such as an account or a supplier.");
        if (files > 1)
        {
            throw new UsageException($"--replaces: each file would be the whole of {period}, and there are {files}: the last one would replace the others. Join them into one, or ingest each with a period or a scope of its own.");
        }

        if (parse.GetValue(options.DryRun))
        {
            throw new UsageException("--replaces cannot be tried with --dry-run. Leave out --dry-run: if the outcome is not as you expected, billing revert takes the run back.");
        }

        try
        {
            return Delivery.Replace(scope, from, to, version);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"--version: '{version}' is not a version. Use a whole number, or a date or an instant in ISO 8601, such as 2025-07-01T06:00:00Z.", exception);
        }
    }
}
