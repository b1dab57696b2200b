using System.CommandLine;
using System.CommandLine.Parsing;

namespace Billing.Console.Arguments;

/// <summary>Says in one line what is wrong with a command line.</summary>
internal static class Usage
{
    /// <summary>The first fault, or null when there is none.</summary>
    public static string? Fault(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string name = Path(result.CommandResult);
        string help = $"See {name} --help.";
        string? unknownOption = UnknownCommand(result) is null ? UnknownOption(result) : null;
        if (unknownOption is not null)
        {
            return $"{name} has no option {unknownOption}.{DidYouMean(unknownOption, OptionNames(result.CommandResult))} {help}";
        }

        // A command that works without one of its sub-commands has faults of its own.
        if (command.Subcommands.Count > 0 && (command.Action is null || UnknownCommand(result) is not null))
        {
            string names = string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name));
            return UnknownCommand(result) is { } unknown
                ? $"There is no command '{unknown}'.{DidYouMean(unknown, command.Subcommands.Select(subcommand => subcommand.Name))} Commands: {names}. {help}"
                : result.Errors.Count > 0 ? $"{name} needs a command: {names}. {help}" : null;
        }

        if (result.UnmatchedTokens.Count > 0)
        {
            return $"{name} does not take '{result.UnmatchedTokens[0]}'. {help}";
        }

        return result.Errors.Count > 0 ? $"{result.Errors[0].Message.Trim()} {help}" : null;
    }

    private static string? UnknownCommand(ParseResult result) =>
        result.CommandResult.Command.Subcommands.Count > 0 && result.UnmatchedTokens is [var first, ..] && !first.StartsWith("--", StringComparison.Ordinal) ? first : null;

    // Arguments of any number would swallow a misspelled option; after -- they may begin with a dash.
    private static string? UnknownOption(ParseResult result) =>
        result.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))
            .Select(token => token.Value.Split('=', ':')[0])
            .FirstOrDefault();

    private static IEnumerable<string> OptionNames(CommandResult result) =>
        result.Command.Options.Concat(Ancestors(result).SelectMany(ancestor => ancestor.Options).Where(option => option.Recursive))
            .SelectMany(option => option.Aliases.Append(option.Name));

    private static IEnumerable<Command> Ancestors(CommandResult result)
    {
        for (SymbolResult? parent = result.Parent; parent is CommandResult ancestor; parent = ancestor.Parent)
        {
            yield return ancestor.Command;
        }
    }

    private static string Path(CommandResult result) =>
        string.Join(' ', Ancestors(result).Reverse().Append(result.Command).Select(command => command.Name));

    private static string DidYouMean(string word, IEnumerable<string> candidates) =>
        Suggestion.For(word, candidates) is { } suggestion ? $" Did you mean {suggestion}?" : "";
}
