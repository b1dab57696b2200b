using System.Reflection;
using Billing.Sinks.Aurora;
using Billing.Sinks.Dynamo;
using Billing.Sinks.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Hosting.Tests;

/// <summary>Each option of a sink can be set, and what is set is what counts.</summary>
public sealed class SinkSettingsTests
{
    public static TheoryData<string, string> Options =>
    [
        .. Of(typeof(SqliteSinkOptions)), .. Of(typeof(AuroraSinkOptions)),

        // A layout is code.
        .. Of(typeof(DynamoSinkOptions)).Where(row => row.Item2 != nameof(DynamoSinkOptions.Layout)),
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_is_a_setting(string kind, string option)
    {
        // What no option may be: out of every range, or of no truth.
        PropertyInfo property = TypeOf(kind).GetProperty(option)!;
        string value = property.PropertyType == typeof(bool) ? "perhaps" : property.PropertyType == typeof(int) ? "-1" : property.PropertyType == typeof(TimeSpan) ? "-00:00:01" : "/";
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => Add(kind, option, value));
        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("is no setting", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(SqliteSinkOptions))]
    [InlineData(nameof(AuroraSinkOptions))]
    [InlineData(nameof(DynamoSinkOptions))]
    public void Another_key_is_refused(string kind)
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => Add(kind, "Tabel", "x"));
        Assert.StartsWith("Billing:Sinks:0:Tabel is not a setting. Use Kind, ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_SQLite_needs_its_connection_string()
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(
            () => new ServiceCollection().AddBilling(billing => billing.AddSqliteSink(Settings.Of("{ \"Kind\": \"Sqlite\" }"))));
        Assert.Equal("ConnectionString is not set. Use a connection string, such as Data Source=billing.db.", refused.Message);
    }

    private static void Add(string kind, string option, string value)
    {
        IConfigurationSection sink = Settings.Of($$"""{ "Billing": { "Sinks": [{ "Kind": "x", {{(kind == nameof(DynamoSinkOptions) ? "" : "\"ConnectionString\": \"Data Source=x\",")}} "{{option}}": "{{value}}" }] } }""").GetSection("Billing:Sinks:0");
        new ServiceCollection().AddBilling(billing => _ = kind switch
        {
            nameof(SqliteSinkOptions) => billing.AddSqliteSink(sink),
            nameof(AuroraSinkOptions) => billing.AddAuroraSink(sink),
            _ => billing.AddDynamoSink(sink),
        });
    }

    private static Type TypeOf(string kind) => ((Type[])[typeof(SqliteSinkOptions), typeof(AuroraSinkOptions), typeof(DynamoSinkOptions)]).Single(type => type.Name == kind);

    private static IEnumerable<(string, string)> Of(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true }).Select(property => (options.Name, property.Name));
}
