using System.Text.Json;

using Billing.HttpApi;
namespace Billing.Lambda.Runtime;

/// <summary>An error in the form that Lambda accepts, with its stack trace and its cause.</summary>
/// <param name="Category">The name of the error in Lambda's metrics.</param>
/// <param name="Type">The type of the exception.</param>
/// <param name="Message">The message. The messages of this program and its packages hold no secrets.</param>
/// <param name="Thrown">The exception, or null if there is none.</param>
internal sealed record ErrorReport(string Category, string Type, string Message, Exception? Thrown = null)
{
    private const int LongestMessage = 4_000;
    private const int MostFrames = 50;
    private const int MostCauses = 5;

    /// <summary>Returns the error for an exception that was thrown while an event was handled.</summary>
    public static ErrorReport Of(Exception exception) => new("Function." + exception.GetType().Name, exception.GetType().Name, exception.Message, exception);

    /// <summary>Returns the error for an exception that was thrown while the function started.</summary>
    public static ErrorReport OfStart(Exception exception) => new(
        exception switch
        {
            NoSuchFunctionException => "Runtime.NoSuchHandler",
            BillingConfigurationException => "Runtime.ConfigInvalid",
            _ => "Runtime.StartFailed",
        },
        exception.GetType().Name,
        exception.Message,
        exception);

    public byte[] ToUtf8Bytes() => JsonBytes.Of(json => Write(json, Type, Message, Thrown, MostCauses));

    private static void Write(Utf8JsonWriter json, string type, string message, Exception? thrown, int causes)
    {
        json.WriteStartObject();
        json.WriteString("errorMessage", message.Length <= LongestMessage ? message : message[..LongestMessage]);
        json.WriteString("errorType", type);
        json.WriteStartArray("stackTrace");
        foreach (string frame in (thrown?.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostFrames))
        {
            json.WriteStringValue(frame);
        }

        json.WriteEndArray();
        if (thrown?.InnerException is { } cause && causes > 0)
        {
            json.WritePropertyName("cause");
            Write(json, cause.GetType().Name, cause.Message, cause, causes - 1);
        }

        json.WriteEndObject();
    }
}
