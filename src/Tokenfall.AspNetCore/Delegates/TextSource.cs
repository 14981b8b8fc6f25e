using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tokenfall.AspNetCore;

/// <summary>A parameter written in the address: a route value, which groups around the endpoint may add, or a query value.</summary>
[RequiresUnreferencedCode("Values are converted by TypeDescriptor's converters.")]
internal sealed record TextSource : ParameterSource
{
    private readonly ParameterInfo _parameter;
    private readonly string _name;
    private readonly bool _routeToo;
    private readonly TypeConverter _converter;

    public TextSource(ParameterInfo parameter, string? name, bool routeToo)
    {
        _parameter = parameter;
        _name = name ?? parameter.Name!;
        _routeToo = routeToo;
        _converter = TypeDescriptor.GetConverter(parameter.ParameterType);
    }

    public static bool CanParse(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    public override object? FromRequest(HttpContext context, object? body)
    {
        var text = (_routeToo ? context.GetRouteValue(_name)?.ToString() : null)
            ?? (context.Request.Query.TryGetValue(_name, out var value) ? value.ToString() : null);
        if (text is null)
            return _parameter.HasDefaultValue ? _parameter.DefaultValue
                : IsOptional() ? null
                : throw RequestProblems.BadInput("missing_value", "A value is missing", $"Add ?{_name}= to the address.");
        try
        {
            return _converter.ConvertFromString(null, CultureInfo.InvariantCulture, text);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or NotSupportedException)
        {
            throw RequestProblems.BadInput("bad_value", "A value cannot be read", $"{_name} in the address is not a valid {TypeName}.");
        }
    }

    private string TypeName => (Nullable.GetUnderlyingType(_parameter.ParameterType) ?? _parameter.ParameterType).Name;

    private bool IsOptional() => new NullabilityInfoContext().Create(_parameter).WriteState == NullabilityState.Nullable;
}
