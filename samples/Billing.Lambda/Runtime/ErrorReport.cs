namespace Billing.Lambda.Runtime;

/// <summary>An error as Lambda takes it: type and message. The stack is for the log alone.</summary>
/// <param name="Category">What the metrics of Lambda call it.</param>
/// <param name="Type">The type of the exception.</param>
/// <param name="Message">The message; those of this program and its packages hold no secrets.</param>
internal sealed record ErrorReport(string Category, string Type, string Message)
{
    private const int LongestMessage = 4_000;

    /// <summary>The error of an exception while an event was handled.</summary>
    public static ErrorReport Of(Exception exception) => new("Function." + exception.GetType().Name, exception.GetType().Name, MessageOf(exception));

    /// <summary>The error of an exception while the function started.</summary>
    public static ErrorReport OfStart(Exception exception) => new(
        exception switch
        {
            NoSuchFunctionException => "Runtime.NoSuchHandler",
            BillingConfigurationException => "Runtime.ConfigInvalid",
            _ => "Runtime.StartFailed",
        },
        exception.GetType().Name,
        MessageOf(exception));

    public byte[] ToUtf8Bytes() => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("errorMessage", Message);
        json.WriteString("errorType", Type);
        json.WriteStartArray("stackTrace");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string MessageOf(Exception exception) => exception.Message.Length <= LongestMessage ? exception.Message : exception.Message[..LongestMessage];
}
