using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>The names and values of an expression, each under an alias, so that any name can be used.</summary>
internal sealed class ExpressionParts
{
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);

    /// <summary>The names by their aliases.</summary>
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The values by their aliases.</summary>
    public Dictionary<string, AttributeValue> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the alias of an attribute.</summary>
    public string Alias(string name)
    {
        if (!_aliases.TryGetValue(name, out string? alias))
        {
            alias = FormattableString.Invariant($"#n{_aliases.Count}");
            _aliases.Add(name, alias);
            Names.Add(alias, name);
        }

        return alias;
    }

    /// <summary>Adds a value, and returns its alias.</summary>
    public string Alias(AttributeValue value)
    {
        string alias = FormattableString.Invariant($":v{Values.Count}");
        Values.Add(alias, value);
        return alias;
    }
}
