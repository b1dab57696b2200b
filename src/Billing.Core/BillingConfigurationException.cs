namespace Billing;

/// <summary>An option, a setting, a layout, rates or rules are wrong, in code or in a file. The message names the place, the value and the remedy. What is null and must not be is an <see cref="ArgumentNullException"/>.</summary>
public sealed class BillingConfigurationException : BillingException
{
    /// <summary>Creates an exception for a setting.</summary>
    public BillingConfigurationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception for a place in a file; the message begins with <c>file(line): </c>.</summary>
    public BillingConfigurationException(string file, long line, string message, Exception? innerException = null)
        : base($"{file}({line}): {message}", innerException)
    {
        File = file;
        Line = line;
    }

    private BillingConfigurationException(string option, object? value, string use)
        : this(FormattableString.Invariant($"{option} is '{value}'. Use {use}.")) => Option = option;

    /// <summary>The option, such as <c>AwsOptions.MaxAttempts</c>; null where the message alone says what is wrong.</summary>
    public string? Option { get; }

    /// <summary>The file, or null for a setting in code.</summary>
    public string? File { get; }

    /// <summary>The line, from 1; 0 for a setting in code.</summary>
    public long Line { get; }

    /// <summary>Throws if an option is out of range, with the message that all options have: <c>AwsOptions.MaxAttempts is '0'. Use 1 to 20.</c> You can use it for your own options.</summary>
    /// <typeparam name="T">The type of the value, so that one that is in range costs nothing.</typeparam>
    /// <param name="isRight">Whether it is in range.</param>
    /// <param name="owner">The type that has the option, such as <c>AwsOptions</c>.</param>
    /// <param name="option">The name of the option.</param>
    /// <param name="value">Its value. No secrets.</param>
    /// <param name="use">What to use instead, such as <c>1 to 20</c>.</param>
    /// <exception cref="BillingConfigurationException"><paramref name="isRight"/> is false.</exception>
    public static void ThrowUnless<T>(bool isRight, string owner, string option, T value, string use)
    {
        if (!isRight)
        {
            throw new BillingConfigurationException($"{owner}.{option}", value, use);
        }
    }
}
